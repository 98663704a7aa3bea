"""Evaluation from outside (rules GR-5): visits, surveys, conduct appraisals and measurements that others held."""
