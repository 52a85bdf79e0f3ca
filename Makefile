# Commands of the project; `make help` lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOWEST := $(VENV)/lowest
TOOLS := $(VENV)/release
VENDORED := openapi_chatflow.json
OUT ?= generated
TESTS ?= tests
FORMAT ?= text
FAIL_ON ?= breaking

# Recipes read these from the environment, quoted, so that any path or URL is one argument.
export PYTHON SPEC OUT FORMAT FAIL_ON TAG

.PHONY: help demo docs serve doctor drift update bench soak test lowest coverage mutation generate check lint types mypy basedpyright same-code format build package licenses audit release clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'
	@echo "The first target also installs the tools into $(VENV): 1 to 2 minutes. Durations are for two quiet cores."

# Runs once, and again when one of the files that list the packages changes.
$(READY): pyproject.toml requirements-dev.txt constraints.txt
	@command -v "$$PYTHON" >/dev/null || { echo "$$PYTHON is missing: install Python 3.11 or newer, or set PYTHON=/path/to/python3"; exit 1; }
	@command -v git >/dev/null || { echo "git is missing: install it with your system's package manager"; exit 1; }
	@"$$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$PYTHON is $$("$$PYTHON" -V 2>&1): install Python 3.11 or newer, or set PYTHON=/path/to/python3"; exit 1; }
	@"$$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || { echo "$$PYTHON has no venv: install it (Debian, Ubuntu: the package python3-venv)"; exit 1; }
	@echo "installing the tools into $(VENV) (once, 1 to 2 minutes)"
	@rm -rf $(VENV)
	@"$$PYTHON" -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check -c constraints.txt -r requirements-dev.txt -e '.[cli,testing]'
	@touch $(READY)

demo: $(READY) generate ## regenerate, compare, stream a chat with a local Dify or with DIFY_API_KEY's server (20 s)
	@$(BIN)/python -m pipeline check
	@if git rev-parse --quiet --verify HEAD:./$(VENDORED) >/dev/null 2>&1; \
	then $(BIN)/python -m pipeline drift HEAD:$(VENDORED) $(VENDORED); \
	else echo "no git history here: $(VENDORED) is not compared with its last commit"; fi
	@$(BIN)/python examples/chat.py

serve: $(READY) ## run a local Dify on loopback until interrupted
	@$(BIN)/python -m dify_chatflow.testing

doctor: $(READY) ## compare the server of DIFY_BASE_URL and DIFY_API_KEY with the document (5 s) [WRITE=1] [ARGS="--json"]
	@$(BIN)/dify-chatflow doctor $(if $(WRITE),--write) $(ARGS)

test: $(READY) ## check, then run every test on all cores (4 minutes) [TESTS=tests/client]
	@echo "checks and tests: about 4 minutes on two cores"
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n auto --dist worksteal $(TESTS)

coverage: $(READY) ## run every test and require the branch coverage set in pyproject.toml (12 minutes)
	@echo "tests with coverage: about 12 minutes on two cores"
	@$(BIN)/python -m pytest -q -n auto --dist worksteal --cov --cov-report term:skip-covered tests

# The floors are in pyproject.toml. Packages that only examples use need newer dependencies.
lowest: $(READY) ## test the client with the lowest allowed versions of its dependencies (3 minutes) [TESTS=tests/client]
	@rm -rf $(LOWEST)
	@"$$PYTHON" -m venv $(LOWEST)
	@sed -nE '/^dependencies = \[/,/^\]/s/.*"([a-z-]+)>=([0-9.]+).*/\1==\2/p' pyproject.toml > $(LOWEST)/floors.txt
	@grep -vE "^($$(sed 's/==.*//' $(LOWEST)/floors.txt | paste -sd'|'))==" constraints.txt > $(LOWEST)/others.txt
	@grep -vxE 'dask|distributed|pandas|streamlit' requirements-dev.txt > $(LOWEST)/packages.txt
	@$(LOWEST)/bin/pip install -qq --disable-pip-version-check -c $(LOWEST)/floors.txt -c $(LOWEST)/others.txt -r $(LOWEST)/packages.txt -e '.[cli,testing]'
	@$(LOWEST)/bin/pip freeze | grep -ixFf $(LOWEST)/floors.txt || { echo "the floors were not installed"; exit 1; }
	@$(LOWEST)/bin/python -m pytest -n auto -p no:cacheprovider $(if $(filter tests,$(TESTS)),tests/client tests/unit,$(TESTS))

# The tool expects sources in `src`, and installs more than the tests need. An argument selects mutants by name.
mutation: $(READY) ## change the code in small ways and list the changes that no test notices (15 minutes) [MUTANTS=name*]
	@$(BIN)/pip install -qq --disable-pip-version-check -c constraints.txt -r requirements-fuzz.txt
	@mkdir -p .mutation
	@for name in dify_conformance generated local_dify openapi_chatflow.json pipeline pyproject.toml tests; do ln -sfn "../$$name" ".mutation/$$name"; done
	@ln -sfn ../overlays .mutation/src
	@cd .mutation && ../$(BIN)/mutmut run --max-children 1 $(MUTANTS) && ../$(BIN)/mutmut results

generate: $(READY) ## correct the document and regenerate the client (5 s) [SPEC=path] [OUT=folder]
	@$(BIN)/python -m pipeline generate --spec "$${SPEC:-$(VENDORED)}" --out "$$OUT"

# Two jobs fill two cores; the type checkers take longest and start first. Only what fails prints more than its result.
check: $(READY) ## check style, spelling, types, import rules, document, generated code and site (1 minute)
	@$(MAKE) --no-print-directory -j 2 basedpyright mypy generated docs lint

docs: $(READY) ## build the documentation site into site/; a dead link is an error (10 s)
	@$(BIN)/python -m pipeline docs

drift: $(READY) ## report what a new document breaks; default: the published one (5 s) [SPEC=path-or-url] [FORMAT=text] [FAIL_ON=breaking]
	@$(BIN)/python -m pipeline drift $${SPEC:+"$$SPEC"} --format "$$FORMAT" --fail-on "$$FAIL_ON"

update: $(READY) ## take a new document in; default: the published one (1 minute) [SPEC=path-or-url] [DRY_RUN=1]
	@$(BIN)/python -m pipeline update $${SPEC:+"$$SPEC"} $(if $(DRY_RUN),--dry-run)

bench: $(READY) ## measure against raw httpx and other clients; fail if a ratio regressed (12 minutes) [ARGS=--quick]
	@$(BIN)/python -m benchmarks $(ARGS)

soak: $(READY) ## run faults, load, fuzz targets and a chain of updates; write docs/faults.md (30 minutes) [MINUTES=2]
	@$(BIN)/python -m soak --minutes "$(or $(MINUTES),2)"
	@$(BIN)/python -m tests.pipeline.chain
	@$(BIN)/python -m tests.batch.crashes
	@CHATFLOW_LONG=1 $(BIN)/python -m pytest -q -n auto tests/client/test_stream_chunks.py tests/client/test_stream_cuts.py

lint: $(READY)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check || { echo "the format differs: run make format"; exit 1; }
	@$(BIN)/codespell
	@$(BIN)/lint-imports --no-logo >/dev/null || $(BIN)/lint-imports

types: mypy basedpyright

mypy: $(READY)
	@$(BIN)/mypy

basedpyright: $(READY)
	@$(BIN)/basedpyright --level error

same-code: $(READY)
	@$(BIN)/python -m pipeline check

format: $(READY) ## format the hand-written code (1 s)
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

build: $(READY) ## build wheel and sdist into dist/ (5 s)
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist .

$(TOOLS)/.ready: requirements-release.txt constraints.txt
	@rm -rf $(TOOLS)
	@"$$PYTHON" -m venv $(TOOLS)
	@$(TOOLS)/bin/pip install -qq --disable-pip-version-check -c constraints.txt -r requirements-release.txt
	@touch $(TOOLS)/.ready

package: build $(TOOLS)/.ready ## build, check and install wheel and sdist, and write build/sbom.json (1 minute)
	@$(TOOLS)/bin/twine check --strict dist/*
	@DIST=dist $(BIN)/python -m pytest -q -p no:cacheprovider tests/project/test_wheel.py
	@rm -rf $(VENV)/wheel
	@"$$PYTHON" -m venv --without-pip $(VENV)/wheel
	@$(BIN)/pip --python $(VENV)/wheel/bin/python install -qq --disable-pip-version-check -c constraints.txt dist/*.whl
	@mkdir -p build
	@$(TOOLS)/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type library --output-reproducible -o build/sbom.json $(VENV)/wheel/bin/python

licenses: $(READY) $(TOOLS)/.ready ## check the licences of all dependencies, extras included (1 minute)
	@rm -rf $(VENV)/extras
	@"$$PYTHON" -m venv --without-pip $(VENV)/extras
	@$(BIN)/pip --python $(VENV)/extras/bin/python install -qq --disable-pip-version-check -c constraints.txt '.[cli,otel,report,speed,testing]'
	@$(TOOLS)/bin/pip-licenses --python $(VENV)/extras/bin/python --from mixed --partial-match --allow-only 'MIT;BSD;Apache;ISC;PSF;Python Software Foundation;Mozilla Public License;MPL-2.0'

audit: $(TOOLS)/.ready ## look up known vulnerabilities of all pinned versions; needs the network (1 minute)
	@$(TOOLS)/bin/pip-audit --strict --disable-pip --no-deps -r constraints.txt

release: $(READY) ## check that version, tag and changelog agree (1 s) [TAG=v1.2.3]
	@$(BIN)/python -m pipeline release-check $${TAG:+"$$TAG"}

clean: ## remove the virtual environment and everything built
	@rm -rf $(VENV) .cache build dist site generated/.generating-* overlays/dify_chatflow/.generating-* .mypy_cache .pytest_cache .ruff_cache .hypothesis .fuzz .mutation .coverage .coverage.*
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
