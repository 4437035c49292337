# Øvingsbanken. `make` or `make help` says what there is.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
# Empty means the folder var/; a relative DATA_DIR counts from here.
export DATA_DIR

.DEFAULT_GOAL := help
.PHONY: help run test lint pictures lock bench soak mutations opensearch opensearch-stop install install-dev

help: ## Say what each target does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name says; do printf '  make %-16s %s\n' "$$name" "$$says"; done

run: install ## Install, prepare and start the site on http://127.0.0.1:8000/ (PORT=9000 moves it, Ctrl-C stops it)
	@exec $(BIN)/python -m resourcebank.project.serve --port $(PORT)

test: install-dev ## Run the whole suite on what this machine has (ARGS="tests/house -k port" chooses)
	@$(BIN)/python -m tools.run_tests $(ARGS)

lint: install-dev ## Check format, types, import rules, house rules, templates, migrations and content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m tools.house_rules
	$(BIN)/djlint --quiet --lint resourcebank/templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING
	SITE_URL=https://bank.example.no $(BIN)/python manage.py check --deploy --tag security --fail-level WARNING
	$(BIN)/python manage.py check_content
	$(BIN)/python -m tools.spelling

pictures: install-dev ## Make the PNG of every drawing (fixtures/bank/*/*.svg) that has none or has changed; needs Chromium
	@$(BIN)/python -m tools.pictures

lock: install-dev ## Renew the locked sets in requirements/ from pyproject.toml
	@set -e; \
	options="--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet $(LOCK)"; \
	$(BIN)/uv pip compile pyproject.toml --extra postgres $$options -o requirements/run.txt; \
	$(BIN)/uv pip compile pyproject.toml --extra postgres --extra dev -c requirements/run.txt $$options -o requirements/dev.txt

bench: install ## Measure search and pages on 10,000 made-up resources (takes minutes; tables as in docs/benchmarks.md)
	@$(BIN)/python manage.py bench

soak: install-dev ## Play what takes too long for every run: people at the same text, kills, a crowd, a long queue (ARGS="kills 200" chooses)
	@$(BIN)/python -m tests.soak $(ARGS)

mutations: install-dev ## Take out each rule of who may do and see what, and see that a test notices (ARGS="--every 10" samples)
	@$(BIN)/python -m tools.mutate_policies $(ARGS)

opensearch: ## Start a real OpenSearch node for development on 127.0.0.1:9200 (needs a JDK 21+ and Maven)
	@$(PYTHON) tools/opensearch/node.py start

opensearch-stop: ## Stop that node
	@$(PYTHON) tools/opensearch/node.py stop

install:
	@$(PYTHON) tools/install.py run

install-dev:
	@$(PYTHON) tools/install.py dev
