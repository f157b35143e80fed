#!/usr/bin/env bash
# lock.sh GUICHET-GEN: translations that were made from an earlier text are told of until somebody has looked at them.
set -euo pipefail
program=$(realpath "$1")
base=$(realpath "$(dirname "${BASH_SOURCE[0]}")/base")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp -r "$base" "$place/portal"
cd "$place/portal"
locales=themes/plain/locales
lock=themes/plain/.lock/strings.json

fail() {
    printf 'lock: %s\n' "$*" >&2
    exit 1
}

# says WHAT: warnings of a check, and none when WHAT is empty
says() {
    "$program" check 2>said >/dev/null || fail "the check failed: $(cat said)"
    [[ $(cat said) == "$1" ]] || fail "want \"$1\", got: $(cat said)"
}

says ''
[[ $("$program" lock) == "recorded "*" texts anew in themes/plain/.lock/strings.json" ]] || fail 'it says what it did'
[[ -f $lock ]] || fail 'nothing was recorded'
says ''
cp "$lock" first
[[ $("$program" lock) == "recorded 0 texts anew in "* ]] || fail 'what is recorded already is not new'
cmp -s "$lock" first || fail 'recording twice gave another file'

sed -i 's/"home": { "title": "Welcome" }/"home": { "title": "Come in" }/' "$locales/en.json"
stale='themes/plain/locales/fr.json:4:24: warning: "pages.home.title" was made from an earlier text in "en"; '
stale+='change it, or record with guichet-gen lock that it still holds'
says "$stale"
cp "$locales/fr.json" fr.json
sed -i 's/"Bienvenue"/"Entrez"/' "$locales/fr.json"
says ''
cp fr.json "$locales/fr.json"
says "$stale"
[[ $("$program" lock) == "recorded 1 text anew in "* ]] || fail 'one text was looked at'
says ''

echo '{' >"$locales/fr.json"
cp "$lock" first
if "$program" lock 2>said; then fail 'a broken file was recorded'; fi
grep -q '^themes/plain/locales/fr.json:' said || fail "a broken file is told, got: $(cat said)"
cmp -s "$lock" first || fail 'a broken file changed what is recorded'
