"""What the work teaches about a standard: suggestions of those who do it, the page plan, do, check, act, proposals."""
