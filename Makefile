# Every habit of the project as a target; `make help` lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
VENDORED := openapi_chatflow.json
OUT ?= generated
TESTS ?= tests
FORMAT ?= text
FAIL_ON ?= breaking

.PHONY: help demo serve drift update bench test generate check lint types format build clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

# Set-up runs once, and again only when what it installs has changed.
$(READY): pyproject.toml requirements-dev.txt constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11 or newer, or say PYTHON=/path/to/python3"; exit 1; }
	@command -v git >/dev/null || { echo "git is missing: install it with your system's package manager"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is $$($(PYTHON) -V 2>&1): install Python 3.11 or newer, or say PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv: install it (Debian, Ubuntu: the package python3-venv)"; exit 1; }
	@echo "setting up $(VENV) (once; a minute or two)"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check -c constraints.txt -r requirements-dev.txt -e '.[testing]'
	@touch $(READY)

demo: $(READY) generate ## the main job: regenerate, check, and stream a chat with a local Dify (or DIFY_API_KEY's server)
	@$(BIN)/python -m pipeline check
	@$(BIN)/python -m pipeline drift HEAD:$(VENDORED) $(VENDORED)
	@$(BIN)/python examples/chat.py

serve: $(READY) ## a local Dify on loopback, until interrupted
	@$(BIN)/python -m dify_chatflow.testing

test: check ## set up, check, and run every test
	@$(BIN)/python -m pytest $(TESTS)

generate: $(READY) ## correct the document and regenerate the client [SPEC=path] [OUT=folder]
	@$(BIN)/python -m pipeline generate --spec "$(or $(SPEC),$(VENDORED))" --out "$(OUT)"

check: lint types ## lint, format, strict types, import rules, valid document, generated code up to date
	@$(BIN)/python -m pipeline check

drift: $(READY) ## what a candidate would break; default: the published one [SPEC=path-or-url] [FORMAT=text] [FAIL_ON=breaking]
	@$(BIN)/python -m pipeline drift $(if $(SPEC),"$(SPEC)") --format "$(FORMAT)" --fail-on "$(FAIL_ON)"

update: $(READY) ## take a new document in; default: the published one [SPEC=path-or-url] [DRY_RUN=1]
	@$(BIN)/python -m pipeline update $(if $(SPEC),"$(SPEC)") $(if $(DRY_RUN),--dry-run)

bench: $(READY) ## measure against raw httpx and the peers; writes benchmarks/results.json
	@$(BIN)/python -m benchmarks

lint: $(READY)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check || { echo "run make format"; exit 1; }
	@$(BIN)/lint-imports --no-logo >/dev/null || $(BIN)/lint-imports

types: $(READY)
	@$(BIN)/mypy
	@$(BIN)/basedpyright --level error

format: $(READY) ## put the hand-written code into its standard form
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

build: $(READY) ## wheel and sdist in dist/
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist .

clean: ## remove the virtual environment and everything built
	@rm -rf $(VENV) build dist generated/.generating-* overlays/dify_chatflow/.generating-* .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
