# Open Integriteit. Two commands do everything on a fresh machine with Python 3.12 or newer: make run and make test.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev run test test-fast lint format bench pictures messages requirements system-packages

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RECENT := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12; do \
	$$name -c '$(RECENT)' 2>/dev/null && echo $$name && break; done)
WORKERS ?= auto
PYTEST := $(BIN)/python -m pytest -q
ON_POSTGRESQL := $(BIN)/python -m openintegriteit.tests.postgresql
CATALOGUES := $(patsubst %.po,%.mo,$(shell find src/openintegriteit -path "*/LC_MESSAGES/django.po"))

help:  ## Show what one can ask for
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

setup: .venv/run.stamp $(CATALOGUES)  ## Make the environment from the locked requirements

setup-dev: .venv/dev.stamp $(CATALOGUES)

run: setup  ## Build the example body with its annual report, and serve it on http://localhost:8000
	@export OPENINTEGRITEIT_DEMO=1; $(BIN)/openintegriteit demo && exec $(BIN)/openintegriteit serve

test: setup-dev system-packages lint  ## Everything: SQLite, PostgreSQL and the browser
	$(PYTEST) -n $(WORKERS) -m "not e2e"
	$(ON_POSTGRESQL) $(PYTEST) -n $(WORKERS) -m "database or postgresql"
	$(PYTEST) -n $(WORKERS) --dist loadfile -m e2e

test-fast: setup-dev  ## What takes a minute or two: without browser, PostgreSQL and slow tests
	$(PYTEST) -n $(WORKERS) -m "not e2e and not slow"

lint: setup-dev  ## Style, types and the floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	OPENINTEGRITEIT_DEMO=1 $(BIN)/mypy src bench
	$(BIN)/lint-imports

format: setup-dev  ## Put the code in the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-dev system-packages  ## Measure every claim about speed and size, on both databases
	$(BIN)/python -m bench
	$(ON_POSTGRESQL) $(BIN)/python -m bench

pictures: setup-dev system-packages  ## Take a picture of every page per role, in var/pictures (LOOKS="light dark plain print")
	$(BIN)/python -m openintegriteit.tests.pictures $(LOOKS)

messages: setup-dev system-packages  ## Bring new texts into the Dutch catalogues, to be translated there
	@for app in $(filter-out %/config/locale,$(shell find src/openintegriteit -type d -name locale)); do \
		(cd $$app/.. && $(CURDIR)/$(BIN)/django-admin makemessages --locale nl --no-wrap --no-obsolete \
			--add-location file --ignore 'tests/*' --ignore 'migrations/*') || exit 1; done

requirements: .venv/run.stamp  ## Lock the newest versions that fit requirements/*.in
	python3 -m venv var/pip-tools && var/pip-tools/bin/pip install --quiet pip-tools
	@for part in run dev; do var/pip-tools/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
		--no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--output-file requirements/$$part.txt requirements/$$part.in || exit 1; done

system-packages: .venv/dev.stamp
	@$(BIN)/python -m openintegriteit.tests.system_packages

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Open Integriteit heeft Python 3.12 of nieuwer nodig, met de module venv." \
		"Installeer die, bijvoorbeeld met: sudo apt-get install python3 python3-venv." \
		"Staat Python op een andere plek? Gebruik dan: make PYTHON=/pad/naar/python3 setup"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "De pakketten van requirements/run.txt worden geïnstalleerd. Dit duurt hooguit een paar minuten."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@echo "De pakketten van requirements/dev.txt worden geïnstalleerd."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

%.mo: %.po | .venv/run.stamp
	@$(BIN)/pybabel --quiet compile --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<))) --input-file $< --output-file $@
