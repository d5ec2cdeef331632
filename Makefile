PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test slow lint format types imports self bench build clean

help: ## Show the targets.
	@sed -n 's/^\([a-z]*\):.*## /  make \1  \t/p' Makefile

demo: $(READY) ## Run statelint on the projects in fixtures/projects.
	@for project in fixtures/projects/*/broken fixtures/projects/*/clean; do \
	  printf '\n$$ statelint %s\n' "$$project"; \
	  $(BIN)/statelint "$$project" || [ $$? -eq 1 ] || exit 2; \
	done

test: $(READY) ## Run the quick tests.
	$(BIN)/pytest -n auto -m "not slow"

slow: $(READY) ## Run the tests that take their time.
	$(BIN)/pytest -n auto -m slow

lint: $(READY) ## Check style and format.
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(READY) ## Put the source into its format.
	$(BIN)/ruff check --fix --select I
	$(BIN)/ruff format

types: $(READY) ## Check the types.
	$(BIN)/mypy

imports: $(READY) ## Check which layer imports which.
	$(BIN)/lint-imports

self: $(READY) ## Run statelint on its own source.
	$(BIN)/statelint src

bench: $(READY) ## Measure speed on pinned releases from PyPI.
	$(BIN)/python benchmarks/prepare.py
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/stages.py
	$(BIN)/python benchmarks/peers.py
	$(BIN)/python benchmarks/memory.py

build: $(READY) ## Build the wheel and the source distribution.
	$(BIN)/python -m build

clean: ## Remove what the other targets made.
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "statelint needs Python 3.11 or newer; name one, as in: make test PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@
