"""Exchange: workbooks that a person fills in, read as a whole or not at all."""
