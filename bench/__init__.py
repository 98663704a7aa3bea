"""Speed, measured against limits and peers in the same run; never compare numbers of two runs."""
