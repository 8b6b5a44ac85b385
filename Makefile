.PHONY: run test check lock setup

run: setup ## Read data/raw/ into data/processed/filiation.duckdb and print the summary
	.venv/bin/dvc repro
	.venv/bin/filiation status

test: setup ## Run the tests
	.venv/bin/python -m pytest

check: setup ## Style and types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict

lock: setup ## Pin the newest packages that pyproject.toml allows, with their hashes
	.venv/bin/python -m pip install --quiet uv
	.venv/bin/uv pip compile pyproject.toml --quiet --upgrade --extra dev --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --output-file requirements.lock

setup:
	@sh setup.sh
