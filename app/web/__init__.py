"""HTTP manners shared by routes; knows the current person and a Role, no tables."""
