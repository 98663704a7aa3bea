"""Inspections of units: planned, looked into item by item, signed by both sides, announced."""
