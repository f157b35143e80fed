#!/usr/bin/env bash
# usage.sh GUICHET-GEN: what the program says of itself, and that it refuses what it does not know.
set -euo pipefail
program=$(realpath "$1")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"

fail() {
    printf 'usage: %s\n' "$*" >&2
    exit 1
}

# wants CODE PATTERN ARGUMENT..: the exit code, and a line among all that is printed
wants() {
    local code=$1 pattern=$2 got=0
    shift 2
    "$program" "$@" >said 2>&1 || got=$?
    [[ $got -eq $code ]] || fail "$*: exit code $got, want $code: $(cat said)"
    grep -qE -- "$pattern" said || fail "$*: want a line like \"$pattern\", got: $(cat said)"
}

wants 0 '^usage: guichet-gen ' --help
wants 0 '^  build .*\(the default\)$' --help
wants 0 '^usage: guichet-gen render TEMPLATE --data FILE \[OPTION\.\.\.\]$' render --help
wants 0 '^Print one template with the data of a JSON file\.$' --help render
wants 0 '^  --data FILE +the data, as JSON$' render --help
wants 0 '^  --domain ' --help
if "$program" render --help | grep -qE -- '--domain|rollback'; then fail 'the help of a verb speaks of that one alone'; fi
wants 0 '^guichet-gen [0-9]+\.[0-9]+\.[0-9]+$' --version
wants 2 'unknown verb "biuld"; did you mean "build"\?' biuld
wants 2 '^usage: guichet-gen ' biuld
wants 2 'unknown option "--sight"' build --sight here
wants 2 'build takes no --theme; did you mean "--themes"\?' build --theme=here
wants 2 'unknown option "-out"; did you mean "--out"\?' build -out here
wants 2 'unknown option "-v"$' -v
wants 2 '--help takes no value, not "yes"' --help=yes
wants 2 'no value for "--site"' --site
wants 2 'no value for "--out="' --out=
wants 2 'one verb at a time' build check
wants 2 'build takes no --strict' --strict build
wants 2 '--format: want text\|json, got "xml"' check --format xml
wants 2 'render wants a TEMPLATE' render
wants 2 'init wants a DIR' init --name x
wants 2 'render wants --data FILE' render page.html
wants 2 'render takes one TEMPLATE, not also "b.html"' render a.html b.html
wants 2 '--escape: want html\|none, got "htlm"' render a.html --data a.json --escape htlm
wants 1 'out/previous: error: there is nothing to go back to' rollback
wants 1 'elsewhere/previous: error: there is nothing to go back to' rollback --out elsewhere
wants 1 '^content: error: not found: no portal is here; .* --site$'

mkdir -p out/{.,previous}/{site,portal}
touch out/{site,portal}/newer
wants 0 '^rolled back out: what was served until now is in out/previous$' rollback
[[ $(find out -name newer | sort | xargs) == 'out/previous/portal/newer out/previous/site/newer' ]] ||
    fail "a rollback left $(find out -name newer)"
rm -r out/site
wants 1 'out: error: there is nothing to go back from; build first' rollback
rm -r out

echo '{"a": 1}' >data.json
if "$program" render data.json --data data.json >/dev/full 2>said; then fail 'a page that was not printed is an error'; fi
grep -q 'the page cannot be printed' said || fail "a full disk is told, got: $(cat said)"
rm data.json
[[ $(ls) == said ]] || fail "something was left behind: $(ls)"
