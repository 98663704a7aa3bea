"""Contractors: file, contract with scope and service levels, the own view, disputes of flags (rules 12)."""
