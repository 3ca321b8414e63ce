# The ways into the project. On Windows without make, README.md gives the same as plain commands.
#
#   make demo         the environment, the installation, then `liantu demo`
#   make test         … with the test extras, then the whole suite
#   make test-neo4j   … the whole suite on both engines: brings Neo4j up, takes it down (needs Java 17 and Maven)
#   make check        … formatting, rules, types, layers

VENV := .venv
BIN := $(VENV)/bin
DEMO ?= liantu-demo
GRAPH ?= $(DEMO)/graph
# Modules are compiled when they are first imported: compiling all of them at once takes longer than the demo.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --no-compile
PYTEST_WORKERS ?= auto
# Every database that a test opens has threads of its own, and glibc keeps a heap for each: a worker would grow to gigabytes.
export MALLOC_ARENA_MAX ?= 2

.PHONY: demo install test test-neo4j check format serve benchmark benchmark-neo4j clean help

demo: $(VENV)/.installed
	$(BIN)/liantu demo --directory $(DEMO)

install: $(VENV)/.installed

test: $(VENV)/.installed-test
	$(BIN)/pytest -q -n $(PYTEST_WORKERS) --dist worksteal

# Of two servers one holds what tests only read; the tests that share a server run one after the other on one worker.
test-neo4j: $(VENV)/.installed-test
	$(BIN)/python tests/neo4j/server.py run $(BIN)/pytest -q -n $(PYTEST_WORKERS) --dist loadgroup

check: $(VENV)/.installed-check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.installed-check
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

serve: $(VENV)/.installed
	$(BIN)/liantu serve --graph $(GRAPH)

benchmark: $(VENV)/.installed-test
	set -e; for script in extraction records start store; do $(BIN)/python benchmarks/$$script.py; done

# Brings a Neo4j up itself (Java 17 and Maven); an hour and 4 GB for all of it, less with e.g. NEO4J="--edges 200000 --share 0.1"
benchmark-neo4j: $(VENV)/.installed-test
	$(BIN)/python benchmarks/neo4j.py $(NEO4J)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:
	@sed -n 's/^#  //p' Makefile

# The first Python that runs and is new enough; a name on the PATH alone says nothing (pyenv's shims exist for all).
$(BIN)/python:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "make: $$($$python --version) → $(VENV)"; exec $$python -m venv $(VENV); \
	  fi; \
	done; \
	echo "make: no Python 3.11 or newer with venv was found. Install one (python.org; on Debian and Ubuntu" >&2; \
	echo "make: also python3-venv), or say which: make PYTHON=/path/to/python3" >&2; exit 1

# The stamps make a second `make` instant; they are older than pyproject.toml when the dependencies have changed.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(INSTALL) -e .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	$(INSTALL) -e '.[test]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-check: pyproject.toml | $(BIN)/python
	$(INSTALL) -e '.[check]'
	@touch $@ $(VENV)/.installed-test $(VENV)/.installed
