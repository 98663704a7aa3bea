"""A seeded world of honest teams and of cheats, played on the real rules of app/flags; no part of the product."""
