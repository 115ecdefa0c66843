# Everything a newcomer needs is python3 (with venv) and make; uv and the locked packages go into .venv.
SHELL := /bin/sh
PYTHON ?= python3
UV_VERSION := 0.13.9
BOOT := .venv-uv
UV := $(BOOT)/bin/uv
STAMP := .venv/.locked
RUN := .venv/bin/
export UV_PROJECT_ENVIRONMENT := .venv

DATA ?= data

.PHONY: help setup test lint types layers unit bench fuzz audit demo ui site clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(UV):
	$(PYTHON) -m venv $(BOOT)
	$(BOOT)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(STAMP): uv.lock pyproject.toml | $(UV)
	$(UV) sync --locked --quiet --python $(PYTHON)
	@touch $(STAMP)

setup: $(STAMP) ## install the locked packages into .venv

test: lint types layers unit ## everything CI checks

lint: setup ## ruff
	$(RUN)ruff check .
	$(RUN)ruff format --check .

types: setup ## mypy, strict
	$(RUN)mypy

layers: setup ## the layers of the house
	$(RUN)lint-imports

unit: setup ## pytest; a process for each kind of test, as a run of Dagster after a browser loses pytest's output
	set -e; for kind in unit integration faults browser benchmarks end_to_end; do $(RUN)pytest -q tests/$$kind; done

bench: setup ## timings; never fails by time
	$(RUN)pytest tests/benchmarks --benchmark-only -q

demo: setup ## the whole way on the sample papers of pipeline/demo, offline
	$(RUN)catchup run --source pipeline/demo/pdf --data build/demo
	@echo
	$(RUN)catchup show sample-03 --data build/demo
	@echo
	@echo "The papers:    pipeline/demo/pdf (every model of theirs and every number is invented)"
	@echo "The data set:  build/demo/published/latest"
	@if [ -e build/demo/site/index.html ]; then echo "The page:      build/demo/site/index.html"; fi

ui: setup ## Dagster's UI and daemon on DATA (default: data)
	$(RUN)catchup ui --data $(DATA)

site: setup ## the survey's page of DATA, served on this machine
	$(RUN)catchup site --data $(DATA)

fuzz: setup ## long runs: mixtures of faults, spoiled PDFs, killed runs (FUZZ_SOURCES=folder of PDFs)
	CATCHUP_MIXTURES=200 CATCHUP_LONG=1 $(RUN)pytest -q tests/faults tests/end_to_end tests/unit/tables/test_table_properties.py
	$(RUN)python tests/faults/fuzz_pdfs.py --count 2000 $(if $(FUZZ_SOURCES),--sources $(FUZZ_SOURCES))
	$(RUN)python tests/faults/kill_runs.py --kills 100 --papers 30 $(if $(FUZZ_SOURCES),--sources $(FUZZ_SOURCES))

audit: setup ## the lock file and what is installed (offline), known vulnerabilities (with a network)
	$(RUN)python tests/faults/audit_lock.py

clean: ## remove what was built, keep the data
	rm -rf .venv $(BOOT) build dist .mypy_cache .ruff_cache .pytest_cache
