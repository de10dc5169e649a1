# make run      sets up, builds, runs the quickstart and prints its tables
# make test     sets up and runs all tests; TEST takes options: TEST="--filter MAMLTests"
# make build    sets up and builds the program: .build/release/metabench
# make install  sets up, builds a program that needs neither Swift nor the clone, and installs it
#               under PREFIX (/usr/local), with manual and completions; honours DESTDIR
# make fuzz     gives each reader of files TIME seconds (60) of hostile input; TARGET=cell picks one
# make deb      builds a Debian package of it in .build/package; Containerfile builds an image of that
# make bench    times the hot loops; PEER_PYTHON=<python with torch and jax> adds their peers

PACKAGES = libhdf5-dev libarchive-dev libpng-dev libturbojpeg0-dev libssl-dev libopenblas0 pkg-config gnuplot-nox
METABENCH = .build/release/metabench
PREFIX = /usr/local

.PHONY: run test build install deb bench fuzz setup

run: build
	$(METABENCH) run quickstart
	@$(METABENCH) report quickstart --tables

test: setup
	swift test -c release $(TEST)

build: setup
	swift build -c release --product metabench

# Static linking recompiles everything, so it has a separate build folder.
STATIC = .build/static
INSTALL = $(DESTDIR)$(PREFIX)
ZSH_COMPLETIONS = site-functions
install: setup
	swift build -c release --product metabench --static-swift-stdlib -debug-info-format none \
	  --scratch-path $(STATIC)
	install -D -s $(STATIC)/release/metabench $(INSTALL)/bin/metabench
	Packaging/files $(STATIC)/release/metabench $(INSTALL)/share $(ZSH_COMPLETIONS) \
	  $(STATIC)/checkouts/*/LICENSE*

deb: PACKAGES += dpkg-dev
deb:
	rm -rf .build/package
	$(MAKE) install PACKAGES="$(PACKAGES)" DESTDIR=.build/package/root PREFIX=/usr \
	  ZSH_COMPLETIONS=vendor-completions
	Packaging/deb .build/package/root .build/package

# BENCH takes options: BENCH="--only maml --rounds 1".
bench: setup
	swift build -c release --product bench
	.build/release/bench --scaling $(BENCH)

# Coverage-guided, with the libFuzzer of the Swift toolchain; everything is compiled again for it.
FUZZ = .build/fuzz
TIME = 60
TARGET = suite lists archive cell checkpoint images hdf5
fuzz: setup
	METABENCH_FUZZING=1 swift build -c release --product fuzz --scratch-path $(FUZZ) -Xswiftc -sanitize=fuzzer \
	  -Xswiftc -use-ld=lld
	@for target in $(TARGET); do \
	  mkdir -p $(FUZZ)/corpus/$$target && echo "== $$target" && \
	  FUZZ_TARGET=$$target $(FUZZ)/release/fuzz -max_total_time=$(TIME) -timeout=30 -rss_limit_mb=2048 -max_len=$$([ $$target = hdf5 ] && echo 16384 || echo 4096) \
	    -print_final_stats=1 -artifact_prefix=$(FUZZ)/$$target- $(FUZZ)/corpus/$$target Fuzzing/Corpus/$$target \
	    || exit 1; \
	done

# Installs missing packages; needs no root if none is missing.
setup:
	@command -v swift > /dev/null || { \
	  echo "Error: there is no Swift compiler. Install Swift 6.1 or newer: https://www.swift.org/install/linux" >&2; exit 2; }
	@command -v dpkg-query > /dev/null || { \
	  echo "This is not Debian or Ubuntu: install what corresponds to $(PACKAGES)."; exit 0; }; \
	missing=; \
	for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${db:Status-Status}' $$package 2> /dev/null | grep -qx installed \
	    || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	echo "Installing$$missing"; \
	if [ "$$(id -u)" = 0 ]; then sudo=; \
	elif command -v sudo > /dev/null; then sudo=sudo; \
	else echo "Error: these packages are missing:$$missing. Run as root: apt-get install$$missing" >&2; exit 2; fi; \
	$$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing
