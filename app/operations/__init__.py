"""Keeping the product running: backups and their return, the look at everything, figures for machines."""
