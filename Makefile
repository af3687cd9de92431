# make run: everything from a fresh Debian/Ubuntu machine with Python >= 3.11 to data/out.   make test: all that CI checks.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test system lock bench

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# What the compiled core and the metadata are built from: a change means installing again.
BUILT_FROM := pyproject.toml hatch_build.py $(wildcard pipeline/thidua/*/*.c)

help:
	@echo "make run    set up, convert data/raw to data/out, show a summary"
	@echo "make test   set up, then linters, types and tests"
	@echo "make bench  print the tables of docs/quality.md (needs the measuring material beside the repository)"
	@echo "make lock   resolve the dependencies again"

run: $(VENV)/runtime.stamp
	@$(BIN)/thidua convert data/raw --out data/out --redo

test: $(VENV)/develop.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadgroup

bench: $(VENV)/develop.stamp
	$(BIN)/python -m bench

# Programs that pip cannot bring: installed only where they are missing, never upgraded.
system:
	@missing=(); \
	tools=$$(tesseract --list-langs 2>/dev/null || true); \
	[ -n "$$tools" ] || missing+=(tesseract-ocr); \
	grep -qx vie <<<"$$tools" || missing+=(tesseract-ocr-vie); \
	echo '#include <math.h>' | $${CC:-cc} -E - >/dev/null 2>&1 || missing+=(gcc libc6-dev); \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv); \
	if [ $${#missing[@]} -gt 0 ]; then \
	  if ! command -v apt-get >/dev/null; then \
	    echo "thidua needs these, under the names your system gives them: $${missing[*]}" >&2; exit 3; \
	  fi; \
	  sudo=(); [ "$$(id -u)" = 0 ] || sudo=(sudo); \
	  "$${sudo[@]}" apt-get update -q; \
	  "$${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "$${missing[@]}"; \
	fi; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "thidua needs Python 3.11 or later; say which with: make PYTHON=python3.12 ..." >&2; exit 3; }

$(BIN)/python: | system
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime.stamp: requirements.lock $(BUILT_FROM) | system $(BIN)/python
	$(PIP) install -q --require-hashes -r requirements.lock
	$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/develop.stamp: requirements-dev.lock $(VENV)/runtime.stamp
	$(PIP) install -q --require-hashes -r requirements-dev.lock
	@touch $@

# The build backend (with what it needs for an editable install) is locked too: nothing is fetched without a hash.
LOCK := uv pip compile pyproject.toml - --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q
lock:
	printf 'hatchling\neditables\n' | $(LOCK) --extra parquet --extra xlsx -o requirements.lock
	printf 'hatchling\neditables\n' | $(LOCK) --extra parquet --extra xlsx --extra dask --group dev -c requirements.lock -o requirements-dev.lock
