# `make help` lists what there is. Needs Python 3.11 to 3.14 (with venv), git and make; packages go into .venv, those of the page beside it.
# `make PYTHON=python3.13 …` makes .venv with that one, also where it was made with another. `VENV=folder` puts it elsewhere.

# The Python that was asked for, if any: without it, a .venv stays what it is.
ASKED := $(PYTHON)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
ADVISOR := $(BIN)/advisor
UV_COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run page chat test test-fast test-whole test-faults mutants shapes soak lint eval fit bench bench-against docs lock clean which-python

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.installed ## set up .venv with the command .venv/bin/advisor

# The packages of Python and the page come from different places, so both are fetched at once.
run: ## set up, start the bot here and say where to talk to it
	@$(MAKE) --no-print-directory -j2 install page
	@echo "Starting the advisor: a few seconds …" >&2
	@exec $(ADVISOR) serve --open

page: $(VENV)/pyvenv.cfg ## build the page to try it on, once for each version of it
	@$(BIN)/python -m bot.playground.page_build --look || \
		$(PIP) install --quiet --require-hashes --requirement requirements-node.txt || true
	@$(BIN)/python -m bot.playground.page_build || true

chat: install ## talk to it in this terminal
	@exec $(ADVISOR) chat

# What is compiled is kept where the environment forbids it as well: to compile it takes every process seconds.
run chat test test-fast test-whole: export PYTHONDONTWRITEBYTECODE :=
# The processes of the tests share the cores: threads of numpy that wait for each other would only take them away.
test test-fast test-whole: export OMP_NUM_THREADS := 1
test test-fast test-whole: export OPENBLAS_NUM_THREADS := 1

test: page lint ## what must hold: style, types, imports, and all tests that are not marked `whole`
	$(BIN)/python -m pytest -m "not whole" --numprocesses auto --dist worksteal

test-fast: page lint ## the same without the browser and what measures
	$(BIN)/python -m pytest -m "not whole" --numprocesses auto --dist worksteal $(addprefix --ignore=tests/,browser bench)

test-whole: page lint ## the same with every test: killed processes, looks, whole tables, floors of what is measured
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

test-faults: $(VENV)/.installed-dev ## the long form of the tests that kill processes; up to an hour
	ADVISOR_FAULTS=long $(BIN)/python -m pytest tests/faults -s

mutants: $(VENV)/.installed-dev ## what do tests notice? COUNT=100 small mistakes, drawn by SEED=1; IN=folder
	@$(BIN)/python -m tests.mutants --count $(or $(COUNT),100) --seed $(or $(SEED),1) $(IN)

shapes: $(VENV)/.installed-dev ## what costs most to read? Every shape of text and file, then COUNT=300 drawn by SEED=1
	@$(BIN)/python -m tests.shapes --count $(or $(COUNT),300) --seed $(or $(SEED),1)

soak: $(VENV)/.installed-dev ## does it grow? 50 turns a second for MINUTES=60
	MINUTES=$(or $(MINUTES),60) $(BIN)/python -m tests.faults.soak

lint: $(VENV)/.installed-dev which-python ## style, types and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m bot.playground.page_build --check

eval: $(VENV)/.installed-dev ## how well text is understood, in figures
	$(BIN)/python -m tests.eval

fit: $(VENV)/.installed-dev ## learn anew from the pack's training data: STEPS="classifiers answers commands", or some of them
	$(BIN)/python -m knowledge.matching.build $(STEPS)

bench: $(VENV)/.installed-dev ## how fast and how large it is, beside bare SDKs; QUICK=1 for five minutes
	@$(BIN)/python -m tests.bench

bench-against: $(VENV)/.installed-dev ## whole turns beside those of another checkout: make bench-against FOLDER=...
	@$(BIN)/python -m tests.bench against $(FOLDER) $(ONLY)

docs: $(VENV)/.installed-dev ## write the parts of README.md and docs/settings.md that come from the code
	$(BIN)/python -m tests.readme

lock: $(VENV)/.installed-dev ## choose dependencies anew and write the lock files
	$(UV_COMPILE) --upgrade --extra all --group build --output-file requirements.txt
	$(UV_COMPILE) --upgrade --all-extras --group build --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(subst pyproject.toml,,$(UV_COMPILE)) --upgrade --group node --output-file requirements-node.txt

clean: ## remove .venv and everything that tools left behind
	rm -rf $(VENV) bot/playground/page/dist bot/playground/page/node_modules build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .mutants_cache .import_linter_cache
	rm -rf bot/playground/page/build-problem tests/bot/teams/playground_smoke/node_modules
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

which-python: $(VENV)/.installed
	@$(BIN)/python -c 'import sys; print("Python", sys.version.split()[0], "of", sys.base_prefix, "in", sys.prefix)'

# Made when it is missing; made anew when its Python is gone, or is not the one that was asked for. Looked at each time;
# what depends on it is done again only where it was made.
KIND := import sys; print("Python %d.%d of %s" % (*sys.version_info[:2], sys.base_prefix))
$(VENV)/pyvenv.cfg: FORCE
	@is=$$($(BIN)/python -c 'import pip; $(KIND)' 2>/dev/null); \
	wanted=$(if $(ASKED),$$($(PYTHON) -c '$(KIND)' 2>/dev/null),$$is); \
	if [ -n "$$is" ] && [ "$$is" = "$$wanted" ]; then exit; fi; \
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || \
		{ echo "Python 3.11 to 3.14 is needed; $(PYTHON) is older, newer (some packages have no wheels for 3.15 yet) or missing. Try: make PYTHON=/path/to/python3.14 $(MAKECMDGOALS)" >&2; exit 1; }; \
	if [ -f $@ ]; then echo "$(VENV) was made with $${is:-a Python that no longer runs}; it is made anew with $(PYTHON)." >&2; rm -rf $(VENV); fi; \
	$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

FORCE:

# Every file that is installed has to have a hash in the lock file, the tool that builds our own package included. Our
# own package is installed in place, without looking anything up. The lock file is complete, so pip resolves nothing. It
# would compile every module; the first start compiles what it imports, a third of them.
$(VENV)/.installed: requirements.txt pyproject.toml $(VENV)/pyvenv.cfg
	@echo "Installing packages into $(VENV): half a minute, once …" >&2
	@$(PIP) install --quiet --no-deps --no-compile --require-hashes --requirement requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	@$(PIP) uninstall --quiet --yes setuptools
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing the tools for tests: a minute, once …" >&2
	$(PIP) install --quiet --no-deps --require-hashes --requirement requirements-dev.txt
	@touch $@
