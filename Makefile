# Two commands are enough: `make demo` and `make test`. Python 3.11+ and make are all they need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ROOMS  := docket_qbo core connectors store sync tui cli sandbox tests
READY  := $(VENV)/.ready

# The practice company of this checkout lives here, apart from any real one.
export DOCKET_QBO_HOME ?= $(CURDIR)/.demo

.PHONY: demo demo-reset test check format types kill token-races sim companies power bench bench-tui bench-books bench-throughput bench-sandbox bench-import import-files test-clients fuzz test-system audit lock example released docs site wheel tour clean

demo: $(READY)      ## the main job on the practice company; a terminal opens the dashboard
	@$(BIN)/docket-qbo demo $(DEMO)

demo-reset: $(READY) ## start the practice company over
	@$(BIN)/docket-qbo demo --reset $(DEMO)

test: $(READY)      ## all tests
	@$(BIN)/python -m pytest -n 3 --dist loadgroup $(TEST)

check: $(READY)     ## format, lint, types, import rules
	@$(BIN)/ruff format --check $(ROOMS)
	@$(BIN)/ruff check $(ROOMS)
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@echo "check: all right"

format: $(READY)    ## put the code into shape
	@$(BIN)/ruff format $(ROOMS)
	@$(BIN)/ruff check --fix $(ROOMS)

kill: $(READY)      ## kill -9 the real program at its named points and at random moments; KILLS=60
	@$(BIN)/python -m tests.campaigns.kill --kills $(or $(KILLS),60)

token-races: $(READY) ## kill two programs that renew one token, ROUNDS=1000 times
	@$(BIN)/python -m tests.campaigns.tokens --rounds $(or $(ROUNDS),1000)

sim: $(READY)      ## simulate SEEDS=n lives (5,000) of a company, in every world, on all cores
	@$(BIN)/python -m tests.sim $(or $(SEEDS),5000)

companies: $(READY) ## make COUNT=2000 random companies, edit and sync them on both sides, and tie them out
	@$(BIN)/python -m tests.campaigns.companies $(or $(COUNT),2000)

power: $(READY)     ## cut the power under the store CUTS=2000 times, with each journal
	@$(BIN)/python -m tests.campaigns.power --cuts $(or $(CUTS),2000)

bench: $(READY)     ## measure: first paint, key to paint, pull of 10,000, CPU per pair; then bench-books
	@$(BIN)/python -m tests.campaigns.bench
	@$(BIN)/python -m tests.campaigns.bench_books

bench-tui: $(READY) ## the dashboard over 100,000 and 1,000,000 invoices, in a real terminal; BENCH_TUI=--rows=20000 to try it
	@$(BIN)/python -m tests.campaigns.bench_tui $(or $(BENCH_TUI),--rows 100000 --rows 1000000 --bulk)

bench-throughput: $(READY) .venv-clients/.ready ## a bulk sync at QuickBooks' ceiling, tenfold and true speed; THROUGHPUT=--speed=5
	@$(BIN)/python -m tests.campaigns.throughput --clients .venv-clients/bin/python $(THROUGHPUT)

bench-books: $(READY) ## measure preflight, plan and tie-out over 100,000 invoices
	@$(BIN)/python -m tests.campaigns.bench_books

bench-import: $(READY) ## measure the import of 1,000,000 lines of CSV and 100,000 of XLSX
	@$(BIN)/python -m tests.campaigns.bench_import

import-files: $(READY) ## import the files of COUNT=2000 made-up companies, in every layout
	@$(BIN)/python -m tests.campaigns.import_files $(or $(COUNT),2000)

bench-sandbox: $(READY) ## measure the practice QuickBooks at 1,000 and 100,000 invoices
	@$(BIN)/python -m tests.campaigns.bench_sandbox

test-clients: $(READY) .venv-clients/.ready ## clients that others wrote, against the practice QuickBooks
	@$(BIN)/python -m tests.campaigns.clients .venv-clients/bin/python

fuzz: $(READY) .venv-fuzz/.ready ## schemathesis against the practice QuickBooks; FUZZ=--seconds=600 for longer
	@$(BIN)/python -m tests.campaigns.fuzz .venv-fuzz/bin/schemathesis $(FUZZ)

test-system: $(READY) ## the installed wheel alone; in a headless Chromium: the practice QuickBooks' pages, and connecting
	@$(BIN)/python -m pytest tests/browser

docs: $(READY)      ## write docs/reference.md anew, from the code
	@$(BIN)/python -m tests.docs.reference docs/reference.md

site: $(READY)      ## write the documentation as a site that needs no network, to site/
	@$(BIN)/python -m tests.docs.site site

wheel: $(READY)     ## build the wheel, to dist/
	@$(BIN)/python -m hatchling build -t wheel -d dist

tour: $(READY)      ## take the pictures of docs/tour.md and the README from the running program
	@$(BIN)/python -m tests.campaigns.pictures docs/pictures

example: $(READY)   ## rebuild sync.db.example
	@$(BIN)/python -m tests.campaigns.example sync.db.example

released: $(READY)  ## write down a cache of this release's schema, for the test of later migrations
	@$(BIN)/python -m tests.campaigns.released tests/store/released

audit: $(READY)     ## look for secrets in the tree, and ask osv.dev for known holes in what is locked
	@$(BIN)/python -m tests.audit

lock:               ## renew requirements/*.txt from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/run.txt
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/dev.txt
	uv pip compile requirements/build.in --constraint requirements/dev.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/build.txt
	for name in clients fuzz; do uv pip compile requirements/$$name.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/$$name.txt; done

# The build tools come first, locked like everything else: one dependency is published
# as source only, and with isolation pip would fetch unlocked tools to build it.
$(READY): requirements/build.txt requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "docket-qbo needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Preparing .venv (once) …"
	@$(BIN)/python -m pip install --disable-pip-version-check -q --require-hashes -r requirements/build.txt
	@$(BIN)/python -m pip install --disable-pip-version-check -q --require-hashes --no-build-isolation -r requirements/dev.txt
	@$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $(READY)

# Other people's programs, each kind in an environment of its own: their pins must not hold ours.
.venv-%/.ready: requirements/build.txt requirements/%.txt
	@test -x .venv-$*/bin/python || $(PYTHON) -m venv .venv-$*
	@echo "Preparing .venv-$* (once) …"
	@.venv-$*/bin/python -m pip install --disable-pip-version-check -q --require-hashes -r requirements/build.txt
	@.venv-$*/bin/python -m pip install --disable-pip-version-check -q --require-hashes --no-build-isolation -r requirements/$*.txt
	@touch $@

clean:              ## remove the environment, what was built, and the practice company
	rm -rf $(VENV) .venv-clients .venv-fuzz .demo dist site
