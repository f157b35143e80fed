#!/usr/bin/env bash
# The one command. ./build.sh help lists what it can do.
# Verbs take what is left of the command line; most are also called without anything.
# shellcheck disable=SC2119,SC2120
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf '%s\n' "$*"; }
die() {
    printf 'build.sh: %s\n' "$*" >&2
    exit 1
}

verb_help() {
    cat <<'HELP'
usage: ./build.sh [VERB] [ARGUMENT...]

  run          install what is missing, build, generate the example portal, serve it with example data
               (PORT=8080; Ctrl+C stops; data/ is kept for the next time)
  build        build/guichet-gen and build/guichet-api, optimised and hardened
  gen          write out/ from content/ and themes/; arguments go to guichet-gen
  preview      build, then show every page in every state while you edit content/ and themes/; arguments go to
               guichet-gen preview (--port N)
  serve        start guichet-api on what is built and generated; arguments go to guichet-api serve
  test         install what the tests need, build twice (gcc; clang with sanitizers), run every test;
               arguments go to ctest (-L api, -R sign)
  package      build/guichet_VERSION_ARCHITECTURE.deb: both programs, themes, manual pages and a service, for Debian 12
  bench        measure; arguments go to tests/bench/run.mjs
  lint         every check that reads the sources instead of running them
  fuzz [S]     feed the parsers hostile input, S seconds each (60)
  clean        remove build/ and tests/node_modules/; data/ and out/ stay
  help         this list

Without a verb: build, then gen.
HELP
}

# --- packages -----------------------------------------------------------------------------------------------

is_installed() {
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

as_root() {
    if [[ $EUID -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends "$@" >/dev/null
}

# Package lists are fetched only when a package is unknown to the ones we have, or they turn out to be stale.
install_packages() {
    local package
    for package in "$@"; do
        if ! apt-cache show "$package" >/dev/null 2>&1; then
            as_root apt-get update -qq
            break
        fi
    done
    apt_install "$@" && return
    as_root apt-get update -qq
    apt_install "$@" || die "could not install: $*"
}

# Groups of cmake/packages: say what is missing and why, then install it.
need() {
    local group package why missing=()
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian: cmake/packages lists what must be there."
        return
    fi
    while read -r group package why; do
        [[ " $* " == *" $group "* ]] || continue
        is_installed "$package" && continue
        missing+=("$package")
        printf 'missing: %-18s %s\n' "$package" "$why"
    done <cmake/packages
    [[ ${#missing[@]} -eq 0 ]] && return
    [[ $EUID -eq 0 ]] || command -v sudo >/dev/null ||
        die "only root can install packages, and there is no sudo; as root:
  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    say "Installing ${#missing[@]} packages with apt-get ..."
    install_packages "${missing[@]}"
}

has_node() {
    command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] >= 18 ? 0 : 1)' 2>/dev/null
}

# The same, and Node.js where none is found.
need_and_node() {
    if has_node; then need "$@"; else need "$@" node; fi
}

need_node_modules() {
    if [[ ! -e tests/node_modules/.package-lock.json ||
        tests/package-lock.json -nt tests/node_modules/.package-lock.json ]]; then
        npm ci --prefix tests --ignore-scripts --no-audit --no-fund --loglevel=error
    fi
}

# --- build --------------------------------------------------------------------------------------------------

# build_preset PRESET [OPTION...]
build_preset() {
    cmake --preset "$1" --log-level=WARNING >/dev/null
    cmake --build --preset "$@"
}

verb_build() {
    need run
    build_preset release
}

verb_gen() {
    [[ -x build/guichet-gen ]] || die "build/guichet-gen is not there; ./build.sh build makes it"
    build/guichet-gen build --compress "$@"
}

verb_preview() {
    verb_build
    exec build/guichet-gen preview "$@"
}

# --- run ----------------------------------------------------------------------------------------------------

port=${PORT:-8080}
data=${GUICHET_DATA:-data}

check_port() {
    [[ $port =~ ^[0-9]{1,5}$ && $((10#$port)) -ge 1 && $((10#$port)) -le 65535 ]] ||
        die "PORT: want a number from 1 to 65535, got \"$port\""
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        die "port $port is taken by another program; choose another: PORT=$((port < 65535 ? port + 1 : 8080)) ./build.sh run"
    fi
}

# The folder appears only when it is complete, so that an interrupted start leaves no half of it.
make_demo_data() {
    [[ -d $data ]] && return
    rm -rf "$data.part"
    build/guichet-api demo content/demo/demo.json --data "$data.part"
    mv "$data.part" "$data"
}

# Passes on what the server prints; once it listens, says where to go. Ends when the server has.
announce() {
    local line
    trap '' INT TERM
    while IFS= read -r line; do
        say "$line"
        [[ $line == "listening on "* ]] || continue
        cat <<EOF

  Guichet runs at   http://localhost:$port/
  customer          anna.berg@acme.example
  staff             mia.laurent@guichet.example
  password of both  guichet-demo-2026
  mail lands in     $data/mail/ as .eml files
  Ctrl+C stops it; $data/ is kept.

EOF
    done
}

verb_run() {
    check_port
    verb_build
    verb_gen
    make_demo_data
    GUICHET_ORIGIN=http://localhost:$port GUICHET_DATA=$data \
        exec build/guichet-api serve --listen "127.0.0.1:$port" > >(announce)
}

verb_serve() {
    [[ -x build/guichet-api ]] || die "build/guichet-api is not there; ./build.sh build makes it"
    exec build/guichet-api serve "$@"
}

# What is packed is what is shipped: the release, and the sources' own themes and example portal.
verb_package() {
    need run package
    build_preset release
    rm -rf build/package build/guichet_*.deb
    cpack --config build/CPackConfig.cmake -B build/package >build/package.log || die "cpack: see build/package.log"
    mv build/package/guichet_*.deb build/
    rm -rf build/package
    say "install it with: apt install ./$(echo build/guichet_*.deb)"
}

# --- checks -------------------------------------------------------------------------------------------------

verb_test() {
    need_and_node run package test
    need_node_modules
    build_preset release --target all
    build_preset asan
    ctest --preset asan "$@" || alone
}

# What fails beside others may only have wanted a processor to itself, or be wrong once in a while. It is named, and
# run once more with nothing beside it: passing then, it keeps nobody from landing, and is still to be mended.
alone() {
    local failed=build/asan/Testing/Temporary/LastTestsFailed.log
    [[ -s $failed && $(wc -l <"$failed") -le 3 ]] || exit 8
    say "unstable, or broken: $(cut -d: -f2 "$failed" | paste -sd' '); once more, alone"
    exec ctest --preset asan --rerun-failed -j1
}

verb_bench() {
    need_and_node run bench
    build_preset release --target guichet-gen guichet-api bench
    exec node tests/bench/run.mjs "$@"
}

verb_lint() {
    need_and_node run test lint
    need_node_modules
    cmake --preset asan --log-level=WARNING >/dev/null
    exec tests/lint/all.sh
}

# What a fuzzer learns stays in build/asan/fuzz/learned/ for the next time; what breaks a parser, beside it.
verb_fuzz() {
    local seconds=${1:-60} fuzzer name seeds
    [[ $seconds =~ ^[0-9]+$ ]] || die "fuzz: want a number of seconds, got \"$seconds\""
    need run test
    build_preset asan
    for fuzzer in build/asan/fuzz/*_fuzz; do
        name=$(basename "$fuzzer")
        say "$name: $seconds s"
        mkdir -p "build/asan/fuzz/learned/$name"
        seeds=()
        [[ -d tests/fuzz/corpus/$name ]] && seeds=("tests/fuzz/corpus/$name")
        "$fuzzer" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -artifact_prefix=build/asan/fuzz/ \
            "build/asan/fuzz/learned/$name" "${seeds[@]}"
    done
}

verb_clean() {
    rm -rf build tests/node_modules
}

if [[ $# -eq 0 ]]; then
    verb_build
    verb_gen
    exit
fi
verb=$1
shift
case $verb in
run | build | package | lint | clean | help)
    if [[ $# -gt 0 ]]; then
        hint=
        [[ $verb != run ]] || hint='; another port: PORT=9000 ./build.sh run'
        printf 'build.sh: %s takes no arguments, got "%s"%s\n' "$verb" "$1" "$hint" >&2
        exit 2
    fi
    "verb_$verb"
    ;;
gen | preview | serve | test | bench | fuzz) "verb_$verb" "$@" ;;
-h | --help) verb_help ;;
*)
    printf 'build.sh: unknown verb "%s"\n\n' "$verb" >&2
    verb_help >&2
    exit 2
    ;;
esac
