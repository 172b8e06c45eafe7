# Everything stays in .venv (packages, caches) and .casestream (data): removing both leaves nothing behind.
#
#   make demo         a simulated history and live events on a board; ONCE=1 stops after the first figures
#   make test         all tests but the slow ones; sets up what they need and says what it had to leave out
#   make slow         the tests that take minutes
#   make lint         ruff and mypy
#   make bench        every benchmark, with figures of peers beside ours
#   make peers        set up the peers that need an environment of their own (Pathway: 1.6 GB), for `make bench`
#   make reference    docs/reference and schemas/generated made anew from the code
#   make requirements the pinned requirements made anew from pyproject.toml
#   make clean        remove .venv and .casestream

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

PYTHON ?= python3.11
VENV := .venv
PEERS := .venv-peers
BIN := $(VENV)/bin
# Test files that run at a time, each with servers of its own: the tests wait for these more than they compute.
JOBS ?= 2
DIGEST := cat pyproject.toml requirements.txt $(1) | sha256sum | cut -c1-16
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup setup-dev browser demo test slow lint bench peers reference requirements clean

help:
	@sed -n '3,11s/^# *//p' Makefile

# A stamp names the digest of the requirements that are installed: a second run does nothing.
define install
	wanted="$(2)-$$($(call DIGEST,$(1)))"
	if [ ! -f "$(VENV)/.stamp-$$wanted" ]; then
		echo "setting up $(VENV) ($(2))"
		command -v $(PYTHON) >/dev/null || { echo "needs $(PYTHON); set PYTHON=..." >&2; exit 2; }
		[ -x "$(BIN)/python" ] || $(PYTHON) -m venv "$(VENV)"
		"$(BIN)/python" -m pip install --quiet --require-hashes -r "$(1)"
		"$(BIN)/python" -m pip install -qq --no-deps --no-build-isolation --editable .
		rm -f "$(VENV)"/.stamp-$(2)-*
		touch "$(VENV)/.stamp-$$wanted"
	fi
endef

setup:
	@$(call install,requirements.txt,run)

setup-dev:
	@$(call install,requirements-dev.txt,dev)

demo: setup
	@exec $(BIN)/casestream demo $(if $(ONCE),--once)

# An installed Chromium, else the package manager's where it may be used, else the tests of the page are left out;
# with CI set, nothing may be left out.
browser:
	@for name in chromium chromium-browser google-chrome chrome; do
		if command -v "$$name" >/dev/null; then exit 0; fi
	done
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then
		echo "installing Chromium for the tests of the preview"
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium) >/dev/null && exit 0
	fi
	echo "LEFT OUT: no Chromium on this machine, so the tests of the preview in a browser do not run" >&2
	[ -z "$${CI:-}" ]

test: setup-dev browser
	@$(BIN)/python -m tests.needs
	exec $(BIN)/python -m pytest -m "not slow" -n $(JOBS) --dist loadfile

slow: setup-dev browser
	@exec $(BIN)/python -m pytest -m slow

# A file that was never added makes a clone that does not run.
lint: setup-dev
	@$(BIN)/ruff check .
	$(BIN)/mypy
	if git rev-parse --git-dir >/dev/null 2>&1; then
		left="$$(git ls-files --others --exclude-standard)"
		[ -z "$$left" ] || { printf 'not in the repository:\n%s\n' "$$left" >&2; exit 1; }
	fi

bench: setup-dev
	@exec $(BIN)/python -m bench

# Pathway asks for another pyarrow than ours: it never shares an environment with casestream.
peers:
	@wanted="$(PEERS)/.stamp-$$(sha256sum requirements-peers.txt | cut -c1-16)"
	if [ ! -f "$$wanted" ]; then
		echo "setting up $(PEERS)"
		$(PYTHON) -m venv --clear "$(PEERS)"
		"$(PEERS)/bin/python" -m pip install --quiet --require-hashes -r requirements-peers.txt
		touch "$$wanted"
	fi

reference: setup-dev
	@$(BIN)/casestream contracts --write
	$(BIN)/python -m casestream.reference

requirements:
	@compile() {
		$(BIN)/uv pip compile - --quiet --python-version 3.11 --generate-hashes \
			--no-header --no-annotate --no-emit-index-url --no-emit-find-links "$$@"
	}
	[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet uv
	echo 'setuptools>=70.1' | compile pyproject.toml --output-file requirements.txt
	echo 'setuptools>=70.1' | compile pyproject.toml --extra dev --constraint requirements.txt \
		--output-file requirements-dev.txt
	echo 'pathway==0.33.0' | compile --output-file requirements-peers.txt

clean:
	@[ ! -x $(BIN)/casestream ] || $(BIN)/casestream down --data .casestream/demo || true
	[ ! -x $(BIN)/casestream ] || $(BIN)/casestream down || true
	rm -rf $(VENV) $(PEERS) .casestream
