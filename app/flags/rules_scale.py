"""How finely a number was read: the digits after the decimal point that it shows."""

MOST_DIGITS = 3


def digits_of(value: float) -> int:
    """0 for 45, 1 for 45.5; at most MOST_DIGITS, beyond which a number was worked out and not read."""
    return next((digits for digits in range(MOST_DIGITS) if round(value, digits) == value), MOST_DIGITS)
