# Engineering ROI: the commands of the project. `make run` and `make test` do all set-up themselves.
# Needs: Python 3.11 or newer, make, bash.

SHELL := /bin/bash
BIN := .venv/bin
SETUP := ./.ci/setup
# What to hand to pytest besides: make test PYTEST="tests/domain -x"
# With ROI_PICTURES=1 the journeys in the browser leave a picture of every page in test-results.
PYTEST ?=
# How many processes share the tests out (tests/sharing.py; on two cores three, as browsers are waited for);
# 0: this one runs them all, one after the other.
WORKERS ?= 3
# What to hand to the served form besides: make serve SERVE="--port 8502"
SERVE ?=
# `make soak` runs this many times as many rounds as `make test`, and more of some in each; with these 20 it goes
# through 500 lives of 50 steps, 10,000 files, and 200 imports of one content by two at once.
ROUNDS ?= 20

.DEFAULT_GOAL := help
.PHONY: help run serve test check bench soak verify lock environment dev browser clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

# Until a company of your own is begun, it opens on the demo company, which is made first (ten seconds, once).
run: export ROI_COMPANY ?= auto
run: environment ## start the dashboard on this machine and open it in the browser
	@$(BIN)/python -m roi demo --if-first
	@$(BIN)/python -m streamlit run dashboard.py --server.address 127.0.0.1 --server.showEmailPrompt false --server.fileWatcherType none \
	  --server.headless $$(if [ "$$(uname)" = Darwin ] || [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then echo false; else echo true; fi)

# The same dashboard warm from the start, with security headers and /healthz: for a service on this machine.
serve: export ROI_COMPANY ?= auto
serve: environment ## serve it: warm from the start, with security headers; stop it with Ctrl-C
	@$(BIN)/python -m roi demo --if-first
	@$(BIN)/python -m roi.ui.served $(SERVE)

# Every check runs even when one before it fails, beside the tests: what they say is shown at once when they are
# done, and pytest waits for that before its closing line, which is the last one (ROI_CHECKED: tests/conftest.py).
# First a browser is looked for, and the tests are collected once: three processes and the servers that they
# start then find all files compiled (so Python may write that down, whatever the machine says).
test: export PYTHONDONTWRITEBYTECODE :=
test: ## every check and every test, as continuous integration runs them
	@failed=0; \
	$(SETUP) tests requirements-dev.lock || exit 1; \
	$(SETUP) browser & browser=$$!; \
	checked=$$(mktemp -d) || exit 1; \
	{ said=$$($(MAKE) --no-print-directory check 2>&1); code=$$?; \
	  printf '\n%s\n' "$$said"; echo $$code >$$checked/code; exit $$code; } & check=$$!; \
	$(BIN)/python -m pytest -qq --collect-only $(PYTEST) >/dev/null 2>&1 || true; \
	wait $$browser || { wait $$check; rm -r $$checked; exit 1; }; \
	ROI_CHECKED=$$checked/code $(BIN)/python -m pytest -n $(WORKERS) $(PYTEST) || failed=1; \
	wait $$check || failed=1; \
	rm -r $$checked; \
	exit $$failed

check: dev ## style, types and floors, without the tests
	@failed=0; \
	for check in "ruff check ." "ruff format --check ." "mypy" "lint-imports --no-logo"; do \
	  echo "— $$check"; $(BIN)/$$check || { failed=1; echo "FAILED: $$check"; }; \
	done; \
	exit $$failed

bench: dev browser ## measure import, figures and pages against fixed yardsticks; nothing here runs in `make test`
	@$(BIN)/python -m bench

soak: dev browser ## kills, full disks, damage, hostile texts and property tests, many rounds, and a report of them
	@ROI_ROUNDS=$(ROUNDS) $(BIN)/python -m pytest -n $(WORKERS) tests/faults tests/laws tests/store \
	  tests/commands/test_costs_sequences.py tests/e2e/test_hostile_texts.py $(PYTEST)

verify: environment ## check the stored data in full: chain, hashes, no cent lost
	@$(BIN)/python -m roi verify --deep

# Writes requirements.txt (versions, for reading) and the two lock files (versions and hashes), for Python
# 3.11 and newer on every system, without the address of any package index.
lock: environment ## choose versions anew after a change in requirements.in or requirements-dev.in
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@compile="$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-annotate"; \
	export UV_CUSTOM_COMPILE_COMMAND="make lock"; \
	$$compile requirements.in --output-file requirements.txt && \
	$$compile requirements.in --generate-hashes --constraint requirements.txt --output-file requirements.lock && \
	$$compile requirements-dev.in --generate-hashes --constraint requirements.txt --output-file requirements-dev.lock

environment:
	@$(SETUP) environment requirements.lock

dev:
	@$(SETUP) environment requirements-dev.lock

browser:
	@$(SETUP) browser

clean: ## remove everything that was made, except your data
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results bench/out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
