"""Official vehicles (公务用车): trips, odometers, service, fuel, seals, and what keeps a vehicle in (rules 13)."""
