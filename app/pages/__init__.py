"""Pages that compose several features: home, the point, me."""
