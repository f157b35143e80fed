#!/usr/bin/env bash
# run.sh GUICHET-GEN CASE: one golden case of the generator, against the real program.
#
# A case is what differs from the portal in base/:
#   portal/    files laid over it        remove    paths taken out of it, one a line
#   args       arguments, on one line (default: build)
#   expected   bad/: what the program says, to the letter (with --format=json on stdout, otherwise on stderr);
#              it exits 1 and out/ stays as it was
#              good/: the files it makes (a folder), and in expected.txt its warnings, if any
#              says/: what it prints, to the letter, and in expected.txt its warnings, if any; it exits 0 and
#              out/ stays as it was
#
# UPDATE=1 writes what was found into the case; read the difference before it is committed.
set -euo pipefail

program=$(realpath "$1")
case=$(realpath "$2")
base=$(realpath "$(dirname "${BASH_SOURCE[0]}")/base")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

fail() {
    printf '%s: %s\n' "$(basename "$case")" "$*" >&2
    exit 1
}

lay_out() {
    cp -r "$base" "$place/portal"
    cd "$place/portal"
    if [[ -f $case/remove ]]; then xargs -a "$case/remove" rm -r; fi
    if [[ -d $case/portal ]]; then cp -r "$case/portal/." .; fi
}

# Names, bytes and times of all that is in out/; a run that fails must not move any of it.
fingerprint() {
    find out -mindepth 1 -printf '%p %T@ %y\n' | sort
    find out -type f -exec sha256sum {} + | sort
}

run() {
    local args=build
    if [[ -f $case/args ]]; then args=$(<"$case/args"); fi
    code=0
    # the arguments of a case are words
    # shellcheck disable=SC2086
    "$program" $args >"$place/stdout" 2>"$place/stderr" || code=$?
}

compare() {
    if [[ -n ${UPDATE:-} ]]; then
        rm -rf "$1"
        cp -r "$2" "$1"
    else
        diff -ruN "$1" "$2" >&2 || fail "not as expected"
    fi
}

# What stands there from before must survive; only folders that a run replaces are laid out.
# leaves_alone CODE
leaves_alone() {
    mkdir -p out/site out/portal
    echo 'what was built before' | tee out/site/index.html >out/portal/portal.json
    fingerprint >"$place/before"
    run
    fingerprint >"$place/after"
    [[ $code -eq $1 ]] || fail "exit code $code, want $1: $(cat "$place/stdout" "$place/stderr")"
    diff "$place/before" "$place/after" >&2 || fail "out/ was touched"
}

must_fail() {
    leaves_alone 1
    if [[ $(cat "$case/args" 2>/dev/null) == *'--format=json'* ]]; then
        [[ ! -s $place/stderr ]] || fail "with --format=json it said: $(cat "$place/stderr")"
        compare "$case/expected" "$place/stdout"
        return
    fi
    [[ ! -s $place/stdout ]] || fail "a failed run printed on stdout: $(cat "$place/stdout")"
    compare "$case/expected" "$place/stderr"
}

warnings() {
    if [[ -s $place/stderr || -f $case/expected.txt ]]; then compare "$case/expected.txt" "$place/stderr"; fi
}

must_say() {
    leaves_alone 0
    warnings
    compare "$case/expected" "$place/stdout"
}

must_build() {
    run
    [[ $code -eq 0 ]] || fail "exit code $code, want 0: $(cat "$place/stderr")"
    grep -qE '^(built|checked) [0-9]+ pages? in [0-9]+ languages? in [0-9]+ ms' "$place/stdout" ||
        fail "odd report: $(cat "$place/stdout")"
    warnings
    if grep -q '^checked' "$place/stdout"; then
        [[ ! -e out ]] || fail "a check wrote out/"
        return
    fi
    keep_expected
    cp -r out "$place/first"
    rm -f out/.record # else nothing would be made again
    run
    diff -r out/site "$place/first/site" >&2 || fail "the same input gave other pages"
    diff -r out/portal "$place/first/portal" >&2 || fail "the same input gave another portal.json"
    diff -r out/site out/previous/site >&2 || fail "what was served before is not in out/previous"
}

# Names and hashes of assets say what their bytes are; a case is about the pages that name them.
without_hashes() {
    LC_ALL=C sed -E 's#assets/[0-9a-f]{16}/#assets/HASH/#g; s#sha384-[A-Za-z0-9+/]{64}#sha384-HASH#g'
}

# The file `files` of a case, a pattern a line, says which files it is about; without it, all.
keep_expected() {
    (cd out && find site portal -type f) | LC_ALL=C sort >"$place/files"
    mkdir "$place/found"
    while read -r file; do
        name=$(without_hashes <<<"$file")
        echo "$name" >>"$place/found/FILES"
        grep -qxE -f <(cat "$case/files" 2>/dev/null || echo '.*') <<<"$name" || continue
        mkdir -p "$place/found/$(dirname "$name")"
        without_hashes <"out/$file" >"$place/found/$name"
    done <"$place/files"
    compare "$case/expected" "$place/found"
}

lay_out
case $case in
*/bad/*) must_fail ;;
*/good/*) must_build ;;
*/says/*) must_say ;;
*) fail "neither below good/ nor below bad/ nor below says/" ;;
esac
