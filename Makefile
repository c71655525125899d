# Everything is done inside .venv, which `make run` and `make test` build from nothing.
.DEFAULT_GOAL := help
.PHONY: help run test lab check fix test-slow test-shipped test-browser notebooks bench docs inventory size-tables lock clean

BIN := .venv/bin
CASE := IMGN 2010-08-27
OUT := out/imgn-2010-08-27

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .run ## Analyse the founding case: card on the screen, page and figure in out/
	@$(BIN)/eventstudy analyze $(CASE) --html $(OUT).html --figure $(OUT).png
	@printf '\nNext:\n  %s\n  %s\n' \
	    '$(BIN)/eventstudy analyze $(CASE) --industry IBB' 'make lab'

test: .dev ## The test suite, without what is slow or needs a browser
	$(BIN)/python -m pytest -n auto

lab: .run ## JupyterLab on the notebooks
	$(BIN)/jupyter lab notebooks

check: .dev ## Format, lint, types, floors, spelling
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

fix: .dev ## Let ruff format and mend what it can
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

test-slow: .dev ## Monte-Carlo sizes, wheels: minutes
	$(BIN)/python -m pytest -n auto -m slow

test-shipped: .dev ## What users get: wheel, sdist, notebooks, documentation
	$(BIN)/python -m pytest -m slow \
	    $(wildcard tests/test_packaging.py tests/test_notebooks.py \
	        tests/test_notebook_parameters.py \
	        tests/test_shipped_notebooks.py tests/docs)

test-browser: .dev ## Notebooks in JupyterLab, pages: in Chromium, where there is one
	$(BIN)/python -m pytest -m browser tests/browser

notebooks: .dev ## Execute the notebooks in place
	$(BIN)/python docs/execute_notebooks.py

bench: .dev ## Speed against loops that analysts write; writes benchmarks/RESULTS.md
	$(BIN)/python benchmarks/run.py --write
	echo >> benchmarks/RESULTS.md
	$(BIN)/python benchmarks/million.py >> benchmarks/RESULTS.md

docs: .dev ## The documentation, into docs/_build/html, without any request
	$(BIN)/python -m sphinx -WEaq --keep-going -d docs/_build/doctrees docs docs/_build/html
	@echo 'Open docs/_build/html/index.html'

inventory: .dev ## Write the tables of models and tests from the registries
	$(BIN)/python docs/inventory.py

size-tables: .dev ## Count how often each test of many events rejects: minutes
	$(BIN)/python docs/size_tables.py

lock: .dev ## Resolve both lock files anew
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCK) --extra dev -c requirements.lock pyproject.toml \
	    -o requirements-dev.lock

LOCK := --universal --generate-hashes --no-header --quiet

clean: ## Remove what was made, .venv included
	rm -rf .venv out dist build htmlcov .coverage .pytest_cache .mypy_cache \
	    .ruff_cache .import_linter_cache .hypothesis \
	    docs/_build docs/made docs/notebooks docs/reference

.PHONY: .run .dev
.run .dev:
	@sh .ci/venv.sh $(subst .,,$@)
