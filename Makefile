# RNNs and LSTMs, by hand. `make help` lists the targets. Everything is made in .venv and _build.
.DEFAULT_GOAL := all
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export PYDEVD_DISABLE_FILE_VALIDATION := 1
unexport PYTHONDONTWRITEBYTECODE # else each of some hundred processes compiles the package anew

PACKAGE := $(shell find rnncourse -type f -not -path '*/__pycache__/*')
SOLUTIONS := $(wildcard solutions/*/*.py)
EXERCISES := $(foreach source,$(SOLUTIONS),exercises/$(basename $(notdir $(source)))/$(basename $(notdir $(source))).ipynb)
BOOK := $(shell find book locale -type f -not -path '*/__pycache__/*' -not -name '*.mo') _config.yml _toc.yml

.PHONY: all page-checks messages coverage test test-all book serve lab bench lighthouse lint lock clean help
all: _build/.exercises _build/html/index.html _build/class/gradebook.db ## the whole course: exercises, book, a graded sample class
	@$(BIN)/rnncourse gradebook --course _build/class
	@echo "The book        _build/html/index.html          read it:  make serve"
	@echo "The exercises   exercises/                      do them:  make lab"
	@echo "The feedback    _build/class/feedback/          one page for each submission, open in a browser"
	@echo "The class       _build/class/report/            what it has understood, for each problem set"

test: $(VENV)/.ready page-checks _build/html/index.html ## set up what is missing and run the tests but the slow ones
	$(BIN)/python -m pytest -n logical --dist loadgroup

test-all: $(VENV)/.ready page-checks _build/html/index.html ## run all tests, the slow ones too
	$(BIN)/python -m pytest -n logical --dist loadgroup -m "slow or not slow"

coverage: export COVERAGE_FILE := $(CURDIR)/_build/coverage/data
coverage: $(VENV)/.ready page-checks _build/html/index.html ## run the tests of `make test` and say how much of rnncourse they reach
	rm -rf _build/coverage && mkdir -p _build/coverage
	$(BIN)/coverage run -m pytest -n logical --dist loadgroup
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

book: _build/html/index.html ## build the book

serve: _build/html/index.html ## show the book at http://localhost:8000
	$(BIN)/python -m http.server --directory _build/html --bind 127.0.0.1 8000

lab: _build/.exercises ## open the exercises in JupyterLab
	$(BIN)/jupyter lab exercises

bench: $(VENV)/.ready _build/html/index.html ## measure speed against peers, what the checks find, and grading; write benchmarks/results
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.gpu
	$(BIN)/python -m benchmarks.checks
	$(BIN)/python -m benchmarks.bugs --split heldout
	$(BIN)/python -m benchmarks.classroom
	$(BIN)/python -m benchmarks.schedule --measure
	$(BIN)/python -m benchmarks.hostile
	$(BIN)/python -m benchmarks.pages.exercise

lighthouse: _build/html/index.html ## judge the pages as a phone meets them, against benchmarks/pages/lighthouse_budget.json
	npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix _build/lighthouse lighthouse@12.8.2
	$(BIN)/python -m benchmarks.pages.lighthouse

messages: $(VENV)/.ready node_modules/.ready ## bring the catalogues of translations up to date with what they translate
	$(BIN)/python -m rnncourse.authoring.messages
	$(BIN)/python book/_languages/messages.py

lint: $(VENV)/.ready ## check the code's style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lock: $(VENV)/.ready ## pin every dependency anew in requirements.lock
	mkdir -p _build
	echo 'torch==2.13.0' > _build/constraints  # the version that has a build without CUDA on every platform we test
	echo 'jsonschema<4.25' >> _build/constraints  # from 4.25 on, each process that imports nbformat parses grammars for 3 s
	echo 'soupsieve<3' >> _build/constraints  # later ones ask for Python 3.11.5, and Debian 12 has 3.11.2
	$(BIN)/python -m piptools compile --quiet --upgrade --all-extras --strip-extras --allow-unsafe --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --constraint _build/constraints \
	  --output-file _build/requirements.lock pyproject.toml
	{ echo '# Every version pinned, for Python 3.11. Made by `make lock` from pyproject.toml; install with `make`.'; \
	  sed -E '/^(#|$$|pip=|rnncourse)/d; s/\+cpu$$//' _build/requirements.lock; } > _build/requirements.new
	mv _build/requirements.new requirements.lock

clean: ## remove what was built, and .venv
	rm -rf _build node_modules $(VENV) .pytest_cache .ruff_cache .hypothesis

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --editable .
	touch $@

page-checks:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory node_modules/.ready; fi

node_modules/.ready: package.json package-lock.json
	@command -v npm >/dev/null || { echo "The book is built with Node.js 18 or later: install it (nodejs.org), then run make again." >&2; exit 1; }
	npm ci --silent --ignore-scripts --no-audit --no-fund
	touch $@

_build/.exercises: $(SOLUTIONS) $(PACKAGE) nbgrader_config.py $(VENV)/.ready
	$(BIN)/rnncourse release
	mkdir -p _build
	touch $@

_build/html/index.html: $(BOOK) $(PACKAGE) _build/.exercises $(VENV)/.ready node_modules/.ready
	$(BIN)/jupyter-book build . -W --keep-going -n
	$(BIN)/python book/_languages/translated.py
	touch $@

_build/class/gradebook.db: _build/.exercises
	$(BIN)/rnncourse demo --to _build/class
	touch $@
