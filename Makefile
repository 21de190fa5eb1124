# One word a chore. Everything installs into .venv from pinned, hashed requirements; nothing is downloaded later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Hashes of every file of every pinned release, and the name of no registry.
LOCK_VENV := .venv-lock
COMPILE := $(LOCK_VENV)/bin/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

DEMO := $(VENV)/libya.sitrep

.PHONY: demo test browser ray lint docs bench lock clean

# Codes the examples, keeps them in a case, shows what follows from them together, and on a terminal opens it.
demo: $(VENV)/.demo-ready
	$(BIN)/sitrep code examples/*.txt examples/*.html examples/*.md examples/*.jsonl --format table
	$(BIN)/sitrep add examples --case $(DEMO)
	$(BIN)/sitrep incidents --sources 2 --case $(DEMO) --format table
	$(BIN)/sitrep control --at 2020-06-10 --case $(DEMO) --format table
	$(BIN)/sitrep brief --from 2020-05-15 --to 2020-07-15 --case $(DEMO) --output $(DEMO:.sitrep=.html)
	@if [ -t 1 ]; then $(BIN)/sitrep serve $(DEMO); else echo "Open it in the browser: $(BIN)/sitrep serve $(DEMO)"; fi

test: $(VENV)/.test-ready
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser and not ray"

# The pages in Debian's Chromium (apt-get install chromium); skipped, with the reason, where there is none.
browser: $(VENV)/.test-ready
	$(BIN)/python -m pytest -m browser

# A Ray cluster of several nodes on this machine, whose workers, nodes and drivers are killed: two minutes.
ray: $(VENV)/.test-ready
	$(BIN)/python -m pytest -m ray

lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The documentation site, into site/; `mkdocs serve` shows it while you write.
docs: $(VENV)/.test-ready
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Read it, with its search: $(BIN)/python -m http.server --directory site"

# The development data is not part of the repository: DATA says where it lies.
DATA ?= ../shared
bench: $(VENV)/.test-ready
	$(BIN)/python -m benchmarks.run $(DATA)

lock:
	$(PYTHON) -m venv $(LOCK_VENV) && $(LOCK_VENV)/bin/python -m pip install --quiet pip-tools
	$(COMPILE) --output-file requirements/run.txt pyproject.toml requirements/build.in
	$(COMPILE) --extra test --extra docs --extra ray --output-file requirements/test.txt pyproject.toml requirements/build.in

clean:
	rm -rf $(VENV) $(LOCK_VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist site

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sitrep needs Python 3.11 or newer; say which with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo-ready: pyproject.toml requirements/run.txt | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-ready: pyproject.toml requirements/test.txt | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/test.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.demo-ready
