"""Mutation testing of the pure rules: small changes to their code, each of which some test should notice."""
