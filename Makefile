# Two commands, each with all of its own set-up: make dashboard, make test.
# On Windows, see the same two as plain commands in README.md.

VENV := .venv
BIN := $(VENV)/bin

# The tests begin hundreds of processes: without compiled modules each of them takes half a second more.
unexport PYTHONDONTWRITEBYTECODE

# The newest Python that runs and is new enough; a name may be a stub that does not run.
define FIND_PYTHON
for python in python3.14 python3.13 python3.12 python3.11 python3 python none; do \
	test $$python = none && { echo "需要 Python 3.11 或更新的版本（含 venv），请先安装。" >&2; exit 1; }; \
	$$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
done
endef

.PHONY: dashboard test fast oracle mutants torture lint notebooks bench-quick docs bundle bundle-check lock clean

dashboard: $(VENV)/.installed
	@$(BIN)/yanpan serve

test: $(VENV)/.installed-test
	@$(BIN)/python tests/setup_machine.py
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

fast: $(VENV)/.installed-test
	@$(BIN)/python -m pytest -m "not slow" -n 2

# The figures a second time, in plain Python from 口径 alone: every day of a hundred invented worlds.
oracle: $(VENV)/.installed-test
	@ORACLE_WORLDS=100 $(BIN)/python -m pytest -n 2 tests/oracle

# Small changes to rules, each of which a test must notice: a sample of each room; writes docs/变异测试.md. Forty minutes at most.
mutants: $(VENV)/.installed-test
	@$(BIN)/python -m tests.mutants

# What is too long for the suite: 3,000 ledgers made wrong, each by a number that makes it again, fifty runs killed, a server
# attacked, a county at work, the oracle; then every property on all of its worlds and every metric on Spark. Two hours on two cores.
torture: $(VENV)/.installed-test
	@$(BIN)/python -m tests.torture
	@DEEP=1 $(BIN)/python -m pytest -m slow -n 2 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.installed-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python tests/audit_locks.py

$(VENV)/.installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || { $(FIND_PYTHON); "$$python" -m venv $(VENV); }
	@echo "正在安装锁定的依赖……"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-test: requirements-test.lock $(VENV)/.installed
	@echo "正在安装测试所需的依赖……"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

# JupyterLab with the notebooks, its kernel this environment.
notebooks: $(VENV)/.installed-notebooks
	@$(BIN)/python -m jupyterlab --notebook-dir=notebooks

$(VENV)/.installed-notebooks: requirements-notebooks.lock $(VENV)/.installed
	@echo "正在安装笔记本所需的依赖……"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-notebooks.lock
	@touch $@

# Every table of docs/benchmarks.md at a small size, in under ten minutes on two cores.
bench-quick: $(VENV)/.installed-test
	@for words in "start --rounds 5" "ingest --size 10000 --rounds 1" "metrics --size 30000 --size 100000 --rounds 2" \
		"engines --size 30000 --size 100000 --rounds 1" "dashboard --size 100000 --rounds 1" "report --rounds 1" "load --minutes 0.2"; do \
		echo; echo "yanpan bench $$words"; $(BIN)/yanpan bench $$words 2>/dev/null || exit 1; \
	done

docs: $(VENV)/.installed-test
	@$(BIN)/python -m analysis.reference
	@$(BIN)/python -m tests.specs.document

# Installed without a network: dist/yanpan-VERSION-linux-x86_64.tar.gz and -win-amd64.zip.
bundle: $(VENV)/.installed
	@$(BIN)/python deploy/make_bundle.py

# The Linux bundle, installed and used where there is no network; minutes, and not part of the tests.
bundle-check:
	@$(BIN)/python deploy/check_bundle.py

# Needs uv; names, versions and hashes only.
lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --extra build -o requirements.lock
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --extra build --extra test -c requirements.lock -o requirements-test.lock
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --extra build --extra oidc -c requirements-test.lock -o requirements-oidc.lock
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --extra build --extra notebooks -c requirements-test.lock -o requirements-notebooks.lock

clean:
	rm -rf $(VENV) build dist *.egg-info data/processed/warehouse.duckdb*
