"""Pictures and voice memos: limits, cleaning, keeping, serving."""
