#!/usr/bin/env bash
# init.sh GUICHET-GEN: new portals build at once and without a warning; what cannot be one is refused whole.
set -euo pipefail
program=$(realpath "$1")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"

fail() {
    printf 'init: %s\n' "$*" >&2
    exit 1
}

# refuses CODE LINE ARGUMENT..: to make the portal "new", in these very words
refuses() {
    local code=$1 line=$2 got=0
    shift 2
    "$program" init "$@" >said 2>&1 || got=$?
    [[ $got -eq $code ]] || fail "$*: exit code $got, want $code: $(cat said)"
    [[ $(cat said) == "$line" ]] || fail "$*: want \"$line\", got: $(cat said)"
    [[ ! -e new ]] || fail "$*: left $(find new)"
}

# builds ARGUMENT..: a new portal with these options
builds() {
    rm -rf new
    "$program" init new "$@" >said || fail "$*: $(cat said)"
    "$program" build --site new >said 2>&1 || fail "$*: $(cat said)"
    [[ $(cat said) == built\ * && $(wc -l <said) -eq 1 ]] || fail "$*: does not build without a word: $(cat said)"
}

# holds FILE PATTERN
holds() {
    grep -qE -- "$2" "new/$1" || fail "$1: want a line like \"$2\", got: $(cat "new/$1")"
}

builds
[[ $(cd new && find . -path ./out -prune -o -type f -print | LC_ALL=C sort | xargs) == \
'./.gitignore ./content/forms/support.json ./content/help/en/getting-started/10-signing-in.md '\
'./content/help/sections.json ./content/pipelines.json ./content/portal.json ./content/schemas/form.schema.json '\
'./content/schemas/pipelines.schema.json ./content/schemas/portal.schema.json ./content/schemas/properties.schema.json '\
'./content/schemas/sections.schema.json ./content/schemas/theme.schema.json' ]] || fail "made $(find new)"
holds content/portal.json '"name": "Support"'
holds content/portal.json 'schemas/portal.schema.json"'
holds content/schemas/portal.schema.json '"accent": \{'
holds content/forms/support.json '"label": "Subject"'
[[ ! -e new/themes ]] || fail 'the default theme need not be copied'

builds --name 'Ünser "Büro" & <Co>' --locales fr,en --domain help.acme.example:8443
holds content/portal.json '"name": "Ünser \\"Büro\\" & <Co>"'
holds content/portal.json '"host": "help.acme.example:8443"'
holds content/portal.json '"address": "support@help.acme.example"'
holds content/forms/support.json '"fr": "Objet"'
holds content/help/fr/getting-started/10-signing-in.md '^title: Se connecter$'
holds out/portal/portal.json '"default_locale": "fr"'

# what it says to do works, wherever it was called from and whatever the folder is called
(
    mkdir "a place"
    cd "a place"
    ln -s "$program" "gen tool"
    "./gen tool" init "it's new" >said || fail "$(cat said)"
    sh -c "$(sed -n 's/^  //p' said)" >built || fail "does not work: $(cat said)"
    grep -q "it's new/out/site" built || fail "built something else: $(cat built)"
)

long=$(printf 'a%.0s' {1..60})
for locales in fr de fr-CA,fr de,fr ar,zh-Hans,en; do builds --locales "$locales"; done
for domain in localhost localhost:8080 10.0.0.1 intranet "$long.$long.$long.$long"; do builds --domain "$domain"; done

rm -rf new
mkdir new
"$program" init new >said 2>&1 || fail "an empty folder will do: $(cat said)"
rm -r new

refuses 2 'error: "--domain": want a host name such as support.example.com, perhaps with a port, got "https://A.example/"; did you mean "a.example"?' \
    new --domain https://A.example/
refuses 2 'error: "--locales[1]": want a language tag such as en, pt-BR or zh-Hans, got ""' new --locales en,
refuses 2 'error: "--locales": "en" is there twice' new --locales en,fr,en
refuses 2 'error: "--name": want a text of 1 to 80 characters, got one with a line break or another control character' \
    new --name $'a\nb'
refuses 2 'error: an option is not UTF-8' new --name $'\xff'
refuses 1 'no/new: error: the folder that is to hold it does not exist' no/new
touch file
ln -s nowhere link
for other in file link; do
    refuses 1 "$other: error: no folder stands here; a new portal wants a new or an empty one" "$other"
done
mkdir -p repository/.git
"$program" init repository >said 2>&1 || fail "a new repository will do: $(cat said)"
mkdir full
touch full/.hidden
refuses 1 'full: error: is not empty; a new portal wants a folder of its own' full
[[ $(find full) == $'full\nfull/.hidden' ]] || fail "touched $(find full)"
"$program" init new --locales sv >said 2>&1 && fail 'a language that the theme does not speak is refused'
grep -q '^error: "--locales": the default theme does not speak "sv"' said || fail "got: $(cat said)"
