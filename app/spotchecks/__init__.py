"""Spot checks: plans, draws that nobody can steer, second opinions on site and at the desk, agreement."""
