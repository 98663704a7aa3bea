"""What the machine itself allows: the least code that does the same work, run beside the app."""
