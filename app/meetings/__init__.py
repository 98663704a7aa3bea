"""Meetings: rooms are booked on the phone; what is due before, during and after follows."""
