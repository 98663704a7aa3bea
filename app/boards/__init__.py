"""Dashboards by role, the records behind them, and views that a person saves."""
