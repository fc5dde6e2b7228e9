# make run    environment, sample index, search page on this computer
# make test   environment, style, types, tests, coverage
# make bench  Furet beside its peers (tests/benchmarks); BENCH="--corpus articles.jsonl --http 10"
# make messages  brings the catalogues of messages up to date
# The README gives the same steps as plain commands, for a machine without make.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
SAMPLE := .furet/sample

.PHONY: run test bench style install messages clean

run: install
	$(BIN)/furet rebuild corpus --index $(SAMPLE)
	$(BIN)/furet serve --index $(SAMPLE)

test: install style
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		echo "Chromium is missing: the tests in a real browser are skipped (Debian, Ubuntu: apt install chromium)."
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet 2>/dev/null || true
	$(BIN)/coverage report

style: install
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

bench: install
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	$(BIN)/python -m tests.benchmarks $(BENCH)

messages: install
	$(BIN)/python -m tests.catalogues

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Furet needs Python 3.11, 3.12 or 3.13; none was found. Name one: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf .venv .furet .coverage htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache *.egg-info
