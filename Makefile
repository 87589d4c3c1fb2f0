# `make demo` and `make test` set up all they need in .venv, on a fresh machine too.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check compile pure wheel speed scale web gate clean

demo: $(VENV)/.installed
	@$(BIN)/sijill demo

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

# Compiles the modules that reading spends its time in, beside their sources (decision 18).
compile: $(VENV)/.installed
	@$(BIN)/python -c "import sys, hatch_build; sys.exit(hatch_build.lacking() or 0)"
	@echo "Compiling the reader (one to two minutes) ..."
	@HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@$(BIN)/sijill doctor | grep '^reader:'

# Takes the compiled modules away.
pure:
	find src \( -name '*.so' -o -name '*.pyd' -o -name compiled.json \) -delete

# A wheel for this platform, compiled.
wheel: $(BIN)/python
	@HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	@ls dist/*.whl

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gate: $(VENV)/.installed-dev
	$(BIN)/python bench/gate.py

speed: $(VENV)/.installed-dev
	$(BIN)/python bench/speed.py

web: $(VENV)/.installed-dev
	$(BIN)/python bench/web.py

scale: $(VENV)/.installed-dev
	$(BIN)/python bench/scale.py

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Sijill needs Python 3.11 or newer; none was found."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) for development (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

clean: pure
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
