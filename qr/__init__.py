"""Label codes, QR symbols and label sheets; needs no web framework and imports nothing from the application."""
