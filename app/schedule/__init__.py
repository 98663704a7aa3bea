"""Day types, windows, occurrences, rounds and cover."""
