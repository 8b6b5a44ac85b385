.PHONY: run test check lock bench setup
DOCUMENTS := 40
export PATH := $(CURDIR)/.venv/bin:$(PATH)

run: setup ## Read data/raw/ into data/processed/filiation.duckdb and print the summary
	@test -s .dvc/tmp/rwlock || rm -f .dvc/tmp/rwlock # left empty by a kill, it would stop DVC
	@test -s dvc.lock || rm -f dvc.lock
	dvc repro
	filiation status

test: setup ## Run the tests, on all cores
	pytest --numprocesses auto --dist worksteal

check: setup ## Style and types
	ruff check .
	ruff format --check .
	mypy --strict

lock: setup ## Pin the newest packages that pyproject.toml allows, with their hashes
	pip install --quiet uv
	uv pip compile pyproject.toml --quiet --upgrade --extra dev --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --output-file requirements.lock

setup:
	@sh setup.sh

bench: setup ## Reading beside camelot, pdfplumber and pdfium; then the cost of a country (DOCUMENTS=1000)
	python -m benchmarks.reading
	python -m benchmarks.country --documents $(DOCUMENTS)
