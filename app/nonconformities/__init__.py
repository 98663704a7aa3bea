"""Findings from registration to closure; knows no source feature."""
