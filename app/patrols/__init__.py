"""Patrols (巡更): points walked in order or freely, with the times between them, and the sheet of a night."""
