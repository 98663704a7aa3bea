"""Training: texts delivered, read, examined; certificates; who is qualified for which edition on which day."""
