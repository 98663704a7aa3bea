"""Grades of the month: score with its working, proposal and decision, appeal, freeze, the sheet both sides sign."""
