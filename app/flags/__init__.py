"""Reasons to look at a record: found by pure rules, contested by the worker, judged by a supervisor."""
