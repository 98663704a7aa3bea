"""Repair orders (报修单) for the trade on duty, and the pick list of shortages (缺货)."""
