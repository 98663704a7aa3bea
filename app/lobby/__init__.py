"""Boards in lobbies: what was done in a building, for everybody who passes, without names of people."""
