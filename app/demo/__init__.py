"""The demo compound as data, and its loader."""
