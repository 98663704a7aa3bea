"""Data for others: exports of a period, and the API that other programs read with a key."""
