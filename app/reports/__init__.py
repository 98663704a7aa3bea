"""The official forms as views over the records: PDF on A4 and Word from a template that can be replaced."""
