# Everything a newcomer needs is python3 (with venv) and make; uv and the locked packages go into .venv.
SHELL := /bin/sh
PYTHON ?= python3
UV_VERSION := 0.13.9
BOOT := .venv-uv
UV := $(BOOT)/bin/uv
STAMP := .venv/.locked
RUN := .venv/bin/
DATA ?= data
export UV_PROJECT_ENVIRONMENT := .venv

.PHONY: help setup demo test lint types layers unit ui site bench fuzz audit clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(UV):
	$(PYTHON) -m venv $(BOOT)
	$(BOOT)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(STAMP): uv.lock pyproject.toml | $(UV)
	$(UV) sync --locked --quiet --python $(PYTHON)
	@touch $(STAMP)

setup: $(STAMP) ## install the locked packages into .venv

demo: setup ## run the whole pipeline on the sample papers, offline
	$(RUN)python -m pipeline.demo --data $(DATA)/demo

test: lint types layers unit ## everything CI checks

lint: setup ## ruff
	$(RUN)ruff check .
	$(RUN)ruff format --check .

types: setup ## mypy, strict
	$(RUN)mypy

layers: setup ## the layers of the house
	$(RUN)lint-imports

unit: setup ## pytest
	$(RUN)pytest -q

ui: setup ## Dagster's web UI on $(DATA)
	$(RUN)catchup ui --data $(DATA)

site: setup ## the survey page of $(DATA), served locally
	$(RUN)catchup site --data $(DATA)

bench: setup ## timings; never fails by time
	$(RUN)pytest tests/benchmarks --benchmark-only -q

fuzz: setup ## the long run over damaged PDFs
	CATCHUP_FUZZ=2000 $(RUN)pytest tests/fuzz -q

audit: setup ## known vulnerabilities of the locked packages
	$(RUN)pip-audit --skip-editable

clean: ## remove what was built, keep the data
	rm -rf .venv $(BOOT) build dist .mypy_cache .ruff_cache .pytest_cache
