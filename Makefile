# Two commands: `make run` serves the demonstration county, `make test` checks everything.
# DEMO=0 make run: an empty county. PORT=8001 make run: another port. BIND=0.0.0.0: beyond this machine (see README).
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
export DEMO PORT BIND

.PHONY: run test up down messages bench soak screenshots lock clean

run:
	@$(PYTHON) tools/house.py run

test:
	@$(PYTHON) tools/house.py test

up:
	@$(PYTHON) tools/house.py ready

down:
	@$(PYTHON) tools/house.py down

messages:
	@.venv/bin/python tools/messages.py

bench: up
	@.venv/bin/python -m pytest bench -q -s -p no:cacheprovider

soak: up
	@.venv/bin/python bench/soak.py

screenshots: up
	@.venv/bin/python tools/screenshots.py

lock:
	@.venv/bin/python tools/lock.py

clean: down
	rm -rf var .venv node_modules
