"""Buildings, areas, points and the life of their label codes."""
