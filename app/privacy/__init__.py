"""Personal data: what is kept, why and for how long; what a person can see and take along; classified matter."""
