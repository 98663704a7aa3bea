"""Measures, dashboards and the daily log."""
