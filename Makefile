# Every target is one line that a person could type; what is longer lives in tools/.
.DEFAULT_GOAL := help
.PHONY: run test check bench bench-quick bundle mutants audit soak lock help

run: ## install, migrate, load the demo compound, serve; prints the addresses and how to stop
	@tools/venv run && exec .venv/bin/dabiao serve --demo

test: ## everything: unit, both databases, real browser; nothing is skipped
	@tools/venv test && tools/machine && .venv/bin/pytest -n 2 --dist worksteal

check: ## lint, types and the fast tests: rules, forms, pictures and the house, with one walk on SQLite; under two minutes
	@tools/venv test && tools/lint && .venv/bin/pytest -n 2 -m "not browser and not slow and (not stored or smoke)" --databases sqlite

bench: ## speed against limits measured in the same run; fails on a missed "must"
	@tools/venv bench && .venv/bin/python -m bench.run

bench-quick: ## what of it CPU time and counts of syncs tell, in 90 seconds
	@tools/venv bench && .venv/bin/python -m bench.run --quick

bundle: ## one archive that installs without a network: tree, fonts, front end, wheels for x86-64 and ARM64
	@tools/venv run && tools/bundle

mutants: ## mutation testing of every rules file; fails under 85 % killed
	@tools/venv test && .venv/bin/python -m tools.mutants

audit: ## packages, vendored files, known vulnerabilities; Lighthouse and axe on the pages
	@tools/venv test && tools/machine && tools/audit

soak: ## the fault tests at full length: 11,000 kills, crash points, disks, databases, clocks; hours (PARTS="kills disk", MINUTES=30)
	@tools/venv test && tools/machine && .venv/bin/python -m tools.soak $(PARTS) $(if $(MINUTES),--minutes $(MINUTES))

lock: ## renew requirements*.lock from pyproject.toml
	@tools/lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' Makefile
