# Two commands do everything: `make run` and `make test`.
SHELL := /bin/bash
PORT ?= 5000
DATA_DIR ?= var
PUBLIC_URL ?= http://127.0.0.1:$(PORT)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PORT DATA_DIR PUBLIC_URL

.PHONY: run setup setup-dev test lint types browser bench bench-insight messages lock css clean

run: setup  ## set up what is missing, then serve with a demo neighbourhood
	@exec $(BIN)/python -m app.cli.serve

setup: $(VENV)/.ready $(VENV)/.catalogues
setup-dev: setup $(VENV)/.ready-dev

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Wijkstem needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.catalogues: $(wildcard translations/*/LC_MESSAGES/messages.po) $(VENV)/.ready
	$(BIN)/pybabel -q compile -d translations
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

test: setup-dev lint types browser  ## everything, on SQLite and on a real PostgreSQL, and in a real browser
	$(BIN)/pytest -q -n 2 --dist loadgroup tests

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup-dev
	$(BIN)/mypy

browser: setup-dev  ## Debian's Chromium, unless one is there
	@command -v chromium >/dev/null || (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-core)

bench: setup-dev  ## pages, submissions and analysed contributions a second; prints tables
	$(BIN)/python tools/bench_web.py
	$(BIN)/python tools/bench_insight.py
	$(BIN)/python tools/bench_similar.py

.venv-bench/.ready: tools/requirements-bench.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

bench-insight: setup  ## how good the analysis is, beside baselines, on texts it never learnt from; prints tables
	@$(MAKE) --no-print-directory .venv-bench/.ready || echo "No packages for BERTopic's recipe: that baseline is left out."
	$(BIN)/python tools/bench_quality.py

messages: setup-dev  ## bring new messages into every catalogue
	$(BIN)/python tools/messages.py

lock: setup-dev  ## pin the dependencies with their hashes
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -o requirements.txt requirements.in
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -o requirements-dev.txt requirements-dev.in
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -o tools/requirements-bench.txt tools/requirements-bench.in

css:  ## bundle the style sheet again (needs Node; the result is committed)
	cd tools/css && npm ci --silent && npm run --silent build

clean:
	rm -rf $(VENV) .venv-bench .pytest_cache .mypy_cache .ruff_cache .hypothesis
