"""标准落地实施情况报告: every half-year, drafted from the records, edited and signed by people (rules 11)."""
