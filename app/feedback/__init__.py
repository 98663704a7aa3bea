"""The public's voice: calls, ratings, questions, complaints and praise from the label of a point."""
