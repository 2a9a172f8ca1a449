# make demo   the whole product on twelve items, with a small model on this machine
# make test   every check and test, with whatever they need

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
BY_HASH := install --quiet --require-hashes --no-deps --only-binary=:all: --compile
# langdetect is published as source alone: it is built here, by the setuptools of the lock file.
WITH_SOURCE := --no-binary=langdetect --no-build-isolation
INSTALL := $(PIP) $(BY_HASH) $(WITH_SOURCE)

.PHONY: demo test lint types floors pytest docs bench-startup bench-checkers bench-format lock wheel clean help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# //p' Makefile

demo: .venv/.run
	$(BIN)/copilot demo

test: lint types floors pytest

lint: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/.test
	$(BIN)/mypy

floors: .venv/.test
	$(BIN)/lint-imports

# Two processes: the tests that start servers wait more than they work.
pytest: .venv/.test
	$(BIN)/pytest -n 2 --dist worksteal

docs: .venv/.test
	$(BIN)/python docs/generate.py

bench-startup: .venv/.test
	$(BIN)/python benchmarks/startup.py

# QUICK=1 takes a sample, ONLY="flags coverage" some of the measures.
bench-checkers: .venv/.test .venv-bench/.made
	$(BIN)/python -m benchmarks.checkers $(if $(QUICK),--quick) $(ONLY)

# QUICK=1 takes a sample, ONLY="oracle speed" some of the measures.
bench-format: .venv/.test .venv-references/.made
	$(BIN)/python -m benchmarks.format $(if $(QUICK),--quick) $(ONLY)

# The lock files hold hashes and no addresses; uv is needed only here.
lock: .venv/.test
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links --extra build pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links --extra build --extra test -c requirements/run.txt \
	    pyproject.toml -o requirements/test.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links requirements/bench.in -o requirements/bench.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-deps \
	    --no-emit-index-url --no-emit-find-links requirements/references.in -o requirements/references.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links requirements/setup.in -o requirements/setup.txt

wheel: .venv/.test
	$(BIN)/python -m build --wheel --no-isolation

.venv/.made: requirements/setup.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "error: $(PYTHON) is older than 3.11"; echo " hint: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv .venv
	$(PIP) $(BY_HASH) -r requirements/setup.txt
	@touch $@

.venv/.run: .venv/.made requirements/run.txt pyproject.toml
	@echo "Installing into .venv: about a minute, once."
	$(INSTALL) -r requirements/run.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q checkers copilot
	@touch $@

.venv/.test: .venv/.made requirements/test.txt pyproject.toml
	@echo "Installing into .venv what the tests need: about a minute, once."
	$(INSTALL) -r requirements/test.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.run

# The peers that the checkers are measured beside never enter our own environment.
.venv-bench/.made: requirements/bench.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip --disable-pip-version-check $(BY_HASH) -r requirements/bench.txt
	@touch $@

TO_REFERENCES := .venv-references/bin/python -m pip --disable-pip-version-check
# The reference checkers, with the language data that they would download.
.venv-references/.made: requirements/references.txt benchmarks/format/nltk_data.py
	$(PYTHON) -m venv .venv-references
	$(TO_REFERENCES) $(BY_HASH) -r requirements/setup.txt
	$(TO_REFERENCES) $(BY_HASH) $(WITH_SOURCE) -r requirements/references.txt
	.venv-references/bin/python benchmarks/format/nltk_data.py .venv-references/nltk_data
	@touch $@

clean:
	rm -rf .venv .venv-bench .venv-references dist
