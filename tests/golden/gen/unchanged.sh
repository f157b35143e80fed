#!/usr/bin/env bash
# unchanged.sh GUICHET-GEN: a run after which nothing was touched makes nothing; whatever was touched is noticed.
set -euo pipefail
program=$(realpath "$1")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp -r "$(dirname "${BASH_SOURCE[0]}")/base" "$place/portal"
cd "$place/portal"

fail() {
    printf 'unchanged: %s\n' "$*" >&2
    exit 1
}

# run WORD WHAT [ARGUMENT..]: this run begins its report with the word (built, nothing), because of what
run() {
    local word=$1 what=$2
    shift 2
    "$program" build "$@" >"$place/stdout" 2>"$place/stderr" || fail "$what: $(cat "$place/stderr")"
    [[ $(cat "$place/stdout") == "$word "* ]] || fail "$what: want \"$word ..\", got: $(cat "$place/stdout")"
}

# Names, bytes, times and inodes of all that is in a folder.
fingerprint() {
    find "$1" -printf '%p %T@ %C@ %i %y\n' | sort
}

# notices WHAT: this run builds, and the next has nothing to do
notices() {
    run built "$1"
    run nothing "again after: $1"
}

run built "the first time"
fingerprint out >"$place/before"
run nothing "untouched"
[[ $(cat "$place/stdout") == "nothing has changed -> out/site" ]] || fail "said $(cat "$place/stdout")"
[[ ! -s $place/stderr ]] || fail "said $(cat "$place/stderr")"
fingerprint out >"$place/after"
diff "$place/before" "$place/after" >&2 || fail "a run with nothing to do did something"

# --- what is read

article=content/help/en/start/01-sign-in.md
[[ -f $article ]] || fail "the base has no $article"
sed 's/page\./PAGE./' "$article" >"$place/edited"
cmp -s "$article" "$place/edited" && fail "nothing to edit in $article"
cp "$article" "$place/saved"
touch -r "$article" "$place/time"
cp "$place/edited" "$article"
touch -r "$place/time" "$article"
notices "a file that was edited, but has its length and its time of writing"
for i in 1 2 3 4 5; do
    cp "$place/saved" "$article"
    run built "edit $i, right behind a run"
    cp "$place/edited" "$article"
    run built "edit $i, back again"
done
cp "$place/saved" "$article"
notices "a file as it was before"
cp "$article" content/help/en/start/90-more.md
notices "a new article"
mv content/help/en/start/90-more.md content/help/en/start/91-more.md
notices "an article of another name"
rm content/help/en/start/91-more.md
notices "an article that is gone"
mkdir content/help/de
notices "a new folder"
rmdir content/help/de
notices "a folder that is gone"
echo '/* */' >>themes/plain/css/base.css
notices "a theme's style sheet"
mv content/portal.json "$place/portal.json"
ln -s "$place/portal.json" content/portal.json
notices "a settings file that is a link"
echo >>"$place/portal.json"
notices "what a link leads to"
rm content/portal.json
mv "$place/portal.json" content/portal.json
notices "the file itself again"

# --- who reads it, and how

cp "$program" "$place/other"
"$place/other" build >"$place/stdout"
[[ $(cat "$place/stdout") == built\ * ]] || fail "another program took the pages of the first for its own"
run built "the first program again"
mkdir "$place/themes"
cp -r themes/plain "$place/themes/plain"
run built "another folder of themes" --themes "$place/themes"
run nothing "the same folder of themes" --themes "$place/themes"
run built "the portal's own themes"
run built "out elsewhere" --out "$place/elsewhere"
run nothing "out elsewhere again" --out "$place/elsewhere"
run nothing "out at its place"

# --- what was made

rm out/site/robots.txt
notices "a page that is missing"
sed -i 's/<html/<HTML/' out/site/index.html
notices "a page that somebody wrote to"
grep -q '<html' out/site/index.html || fail "the page is as somebody else wrote it"
touch out/portal/portal.json
notices "a file that somebody touched"
echo >>out/.record
notices "a record that is none"
rm out/.record
notices "a record that is gone"
echo >>"$article"
run built "something to roll back"
"$program" rollback >/dev/null
notices "a rollback"

# --- what was said

printf '\n# A heading of the first level\n' >>"$article"
run built "an article with a warning"
cp "$place/stderr" "$place/warning"
grep -q ': warning: ' "$place/warning" || fail "no warning: $(cat "$place/warning")"
run nothing "the warning was told"
diff "$place/warning" "$place/stderr" >&2 || fail "the warning is not told again"
"$program" build --format json >"$place/json"
grep -q '"warning"' "$place/json" || fail "as JSON the warning is not told again: $(cat "$place/json")"
rm out/.record
"$program" build --format json | diff "$place/json" - >&2 || fail "as JSON it is told in other words"

# --- what went wrong

cp "$place/saved" "$article"
run built "before an error"
echo 'no front matter' >content/help/en/start/92-odd.md
if "$program" build >/dev/null 2>&1; then fail "built with an error"; fi
if "$program" build >/dev/null 2>&1; then fail "an error was forgotten"; fi
rm content/help/en/start/92-odd.md
run nothing "the error is gone, and what was built before it is there"
