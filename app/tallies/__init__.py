"""Tallies: what rooms above count with; a rate beside its count."""
