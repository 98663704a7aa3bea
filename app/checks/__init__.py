"""The heart: claim, answer, submit, receipt."""
