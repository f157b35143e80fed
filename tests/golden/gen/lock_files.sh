#!/usr/bin/env bash
# lock_files.sh GUICHET-GEN: a theme whose parent's file has changed since it was replaced is told of, with what changed.
set -euo pipefail
program=$(realpath "$1")
base=$(realpath "$(dirname "${BASH_SOURCE[0]}")/base")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp -r "$base" "$place/portal"
cd "$place/portal"
parent=themes/plain/templates/pages
child=themes/child/templates/pages
lock=themes/child/.lock/files/templates/pages

fail() {
    printf 'lock_files: %s\n' "$*" >&2
    exit 1
}

# says WHAT: warnings of a check, and none when WHAT is empty
says() {
    "$program" check 2>said >/dev/null || fail "the check failed: $(cat said)"
    [[ $(cat said) == "$1" ]] || fail "want \"$1\", got: $(cat said)"
}

mkdir -p "$child" themes/child/css
echo '{ "name": "child", "version": "1", "parent": "plain" }' >themes/child/theme.json
sed -i 's/"theme": "plain"/"theme": "child"/' content/portal.json
cat >"$child/home.html" <<'END'
{{<parent:pages/home}}
{{$main}}<p>Ours</p>{{/main}}
{{/parent:pages/home}}
END
cp "$parent/help.html" "$child/help.html"
echo '.own { color: red; }' >themes/child/css/own.css

never() {
    printf '%s/%s: warning: replaces %s/%s, of which nothing is recorded; guichet-gen lock does, ' "$child" "$1" "$parent" "$1"
    printf 'and later builds tell when it changes\n'
}
says "$(never help.html)
$(never home.html)"

"$program" lock >said
[[ $(tail -1 said) == 'recorded 2 files of its parents anew in themes/child/.lock/files' ]] || fail "it says $(cat said)"
cmp -s "$lock/home.html" "$parent/home.html" || fail 'the file of the parent is not what is recorded'
says ''
"$program" lock >said
[[ $(tail -1 said) == 'recorded 0 files of '* ]] || fail 'what is recorded already is not new'
[[ -z $("$program" lock --diff) ]] || fail 'there is nothing to show'

echo '<p>And more</p>' >>"$parent/home.html"
changed="$child/home.html: warning: the parent's file $parent/home.html has changed since this was made from it: "
changed+='1 line came, 0 went (the first: +<p>And more</p>); guichet-gen lock --diff shows all of it, '
changed+='guichet-gen lock records that it was looked at'
says "$changed"
"$program" lock --diff >said
[[ $(grep -c '^+<p>And more</p>$' said) == 1 && $(head -1 said) == '--- templates/pages/home.html' ]] || fail "no diff: $(cat said)"
says "$changed"
"$program" lock --theme child >said
[[ $(tail -1 said) == 'recorded 1 file of '* ]] || fail "one file was looked at, it says $(cat said)"
says ''

# Replaced no more: nothing to look after. Gone from the parent: told, until the theme lets go of it, too.
rm "$child/help.html"
says ''
"$program" lock >/dev/null
[[ ! -e $lock/help.html ]] || fail 'what is replaced no more is still recorded'
mkdir -p themes/plain/icons themes/child/icons
echo '<svg xmlns="http://www.w3.org/2000/svg"/>' | tee themes/plain/icons/a.svg >themes/child/icons/a.svg
"$program" lock >/dev/null
rm themes/plain/icons/a.svg
gone='themes/child/icons/a.svg: warning: replaces a file that no parent has any more; '
says "${gone}what it was is in themes/child/.lock/files/icons/a.svg"
"$program" lock >/dev/null
says ''

# refuses NAME LINE: to look after a theme that the option alone can have named
refuses() {
    if "$program" lock --theme "$1" >said 2>&1; then fail "it knows a theme $1"; fi
    [[ $(cat said) == "$2" ]] || fail "want \"$2\", got: $(cat said)"
}
refuses chlid 'error: "--theme": no theme "chlid" in themes, nor among the installed ones; did you mean "child"?'
refuses ../plain 'error: "--theme": want the name of a theme, as its folder is called, got "../plain"'
