"""Service standards, their editions and steps."""
