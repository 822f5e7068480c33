# make run      the app on http://localhost:8080/#/demo   (PORT=…, CONFIG=… for a config.json of yours)
# make test     every check and test
# make walks    random walks over the whole application   (WALKS=100000, FROM=0; WALK=… walks a single one again)
# make fuzz     looks for inputs that break a reader   (TIME=60 seconds a target, TARGET=link for one, KEEP=1 to keep what it found)
# make mutants  tests the tests: changes the program and looks whether one notices
# make dist     the files to put on a host, in dist/, and with all that belongs to them in build/release: two archives
# make reproduce  builds it all once more elsewhere, and compares every byte
# make screens  pictures of every page, light and dark, wide and narrow, in build/screens   (SCREENS=review: those alone)
# make bench    what it costs: bytes, decoding, updating, drawing, Lighthouse
# make audit    known flaws in dependencies; needs the network, and tells what it could not reach   (.ci/audit.sh ends with
#               0: none, 1: some, 2: none in what could be looked up)
# make clean    takes away what was built, tools included

# .ci/env.sh is bash's.
SHELL := bash

PORT ?= 8080
CONFIG ?=
WALKS ?= 100000
FROM ?= 0
WALK ?=
TIME ?= 60
TARGET ?=
KEEP ?=
SCREENS ?=

.PHONY: run test walks fuzz mutants dist reproduce screens bench audit clean

run:
	@.ci/tools.sh
	@.ci/build.sh quick
	@node .ci/serve.mjs build/site --port $(PORT) $(if $(CONFIG),--config $(CONFIG))

test:
	@.ci/tools.sh test
	@.ci/test.sh

walks:
	@WALKS=$(WALKS) FROM=$(FROM) $(if $(WALK),WALK=$(WALK)) .ci/walks.sh

fuzz:
	@.ci/tools.sh fuzz
	@TIME=$(TIME) TARGET=$(TARGET) KEEP=$(KEEP) .ci/fuzz.sh

mutants:
	@.ci/tools.sh mutants
	@.ci/mutants.sh

dist:
	@.ci/tools.sh
	@.ci/build.sh
	@. .ci/env.sh && node .ci/release.mjs

reproduce:
	@.ci/tools.sh
	@.ci/reproduce.sh

screens: dist
	@.ci/tools.sh test
	@. .ci/env.sh && node tests/end_to_end/screens.mjs $(SCREENS)

bench: dist
	@.ci/tools.sh test
	@.ci/bench.sh

audit:
	@.ci/tools.sh test
	@.ci/audit.sh

clean:
	rm -rf .tools build dist node_modules target tests/fuzz/artifacts tests/lighthouse/node_modules
