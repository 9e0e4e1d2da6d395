# Two commands do all: `make run` and `make test`. Both see to what they need first.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
LOCK := packaging/locks/all.txt
# `make run` keeps its sample here, apart from anybody's own data.
SAMPLE_HOME := $(CURDIR)/.sample

# pip is asked for errors only (-qq): its warnings are about the machine's own settings.
export QT_LOGGING_RULES ?= qt.qpa.*=false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test test-core install lint bench catalogues clean

run: install
	GREENAUDIT_HOME="$${GREENAUDIT_HOME:-$(SAMPLE_HOME)}" $(BIN)/greenaudit window --sample

test: install
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n 2 --dist loadgroup

# The core alone, in an environment without Qt: the endpoint never installs it.
test-core: .venv-core/.installed
	.venv-core/bin/python packaging/catalogues.py
	.venv-core/bin/pytest -c tests/core.ini --rootdir=. -n 2 -p no:cacheprovider tests/ground tests/domain tests/rules tests/packs tests/wire

install: $(STAMP) catalogues

$(STAMP): $(LOCK) pyproject.toml packaging/linux/packages.sh
	bash packaging/linux/packages.sh
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	touch $@

.venv-core/.installed: packaging/locks/core.txt pyproject.toml
	test -x .venv-core/bin/python || $(PYTHON) -m venv .venv-core
	.venv-core/bin/python -m pip install -qq --require-hashes -r packaging/locks/core.txt
	.venv-core/bin/python -m pip install -qq --no-deps --no-build-isolation -e .
	touch $@

catalogues: $(STAMP)
	@$(BIN)/python packaging/catalogues.py

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest tests/benchmarks -n 0 -s -q --override-ini "addopts="

clean:
	rm -rf .venv .venv-core .sample .mypy_cache .ruff_cache .pytest_cache
