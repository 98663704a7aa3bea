"""History that cannot be changed unseen: the list of its tables, guards, the hash chain, disposal, voiding."""
