"""The yearly satisfaction questionnaire to the departments that are served, and what came of it (rules SA-2, RP-6)."""
