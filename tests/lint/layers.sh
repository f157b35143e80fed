#!/usr/bin/env bash
# Who may call whom, by what the sources include; banned functions; size of files.
#   lib -> lib;  gen -> gen, lib;  api -> api, lib.  routes -> handlers -> store -> db.
# tests/lint/layers_test.sh shows that each rule bites.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

findings=$(mktemp)
trap 'rm -f "$findings"' EXIT
complain() { printf '%s\n' "$*" >>"$findings"; }

mapfile -t sources < <(find lib gen api -name '*.[ch]' | sort)

# file:line:target for every include; a quoted one is resolved to its path in the project, all of them at once.
includes() {
    local file line rest target
    local places=() targets=()
    while IFS=: read -r file line rest; do
        target=${rest%[\">]}
        target=${target##*[\"<]}
        [[ $rest == *\"* ]] && target=${file%/*}/$target
        places+=("$file:$line")
        targets+=("$target")
    done < <(grep -HnoE '^[[:space:]]*#[[:space:]]*include[[:space:]]+["<][^">]+[">]' "${sources[@]}")
    paste -d: <(printf '%s\n' "${places[@]}") \
        <(printf '%s\0' "${targets[@]}" | xargs -0r realpath -m --relative-to=.)
}

check_rooms() {
    local file=$1 at=$2 target=$3
    case $target in
    lib/* | gen/* | api/*)
        [[ ${file%%/*} == "${target%%/*}" || $target == lib/* ]] ||
            complain "$at: ${file%%/*} must not include $target"
        ;;
    esac
    case $file:$target in
    api/store/*:api/store/*) ;;
    api/store/*:api/*) complain "$at: the store knows nothing above it, but includes $target" ;;
    api/*:api/store/db.h | api/*:api/store/*_sql.h) complain "$at: only the store includes ${target#api/}" ;;
    esac
}

check_outsiders() {
    local file=$1 at=$2 target=$3
    case $target in
    civetweb.h) [[ $file == lib/http/* ]] || complain "$at: only lib/http includes civetweb.h" ;;
    brotli/* | zlib.h) [[ $file == gen/assets/pack_* ]] || complain "$at: only gen/assets/pack_* include $target" ;;
    cmark.h) [[ $file == gen/* ]] || complain "$at: only the generator includes cmark.h" ;;
    sqlite3.h) [[ $file == api/store/* ]] || complain "$at: only api/store includes sqlite3.h" ;;
    curl/*) [[ $file == api/mail/* || $file == api/oidc/fetch.c || $file == api/webhook/call*.[ch] ]] || complain "$at: only api/mail, api/oidc/fetch.c and api/webhook/call* include $target" ;;
    archive.h | archive_entry.h) [[ $file == api/own/zip.c ]] || complain "$at: only api/own/zip.c includes $target" ;;
    cjose/*) [[ $file == api/oidc/jose.c ]] || complain "$at: only api/oidc/jose.c includes $target" ;;
    liboath/*) [[ $file == api/account/totp.c ]] || complain "$at: only api/account/totp.c includes $target" ;;
    qrencode.h) [[ $file == api/account/qr.c ]] || complain "$at: only api/account/qr.c includes qrencode.h" ;;
    gmime/* | glib.h) [[ $file == api/mail/* ]] || complain "$at: only api/mail includes $target" ;;
    esac
}

all=$(includes)
while IFS=: read -r file line target; do
    [[ -n $file ]] || continue
    check_rooms "$file" "$file:$line" "$target"
    check_outsiders "$file" "$file:$line" "$target"
done <<<"$all"

for once in civetweb.h cmark.h zlib.h brotli/encode.h; do
    users=$(grep -c ":$once\$" <<<"$all" || true)
    [[ $users -le 1 ]] || complain "$once is included by $users files, want one: $(grep ":$once\$" <<<"$all" | cut -d: -f1 | xargs)"
done

# What each is replaced by: buf.h or snprintf, strtol, strtok_r, fs_write, randombytes.
banned='strcpy|strcat|strncpy|strncat|stpcpy|sprintf|vsprintf|gets|scanf|sscanf|fscanf|strtok|atoi|atol|atoll|atof|alloca|system|popen|tmpnam|tempnam|mktemp|rand|srand|random|gmtime|localtime|asctime|ctime|mg_handle_form_request'
while IFS= read -r hit; do
    [[ -n $hit ]] && complain "$hit  <- banned function"
done < <(grep -HnE "(^|[^a-zA-Z0-9_>.])($banned)[[:space:]]*\(" "${sources[@]}" |
    grep -vE '^[^:]+:[0-9]+:[[:space:]]*(\*|/\*|//)' || true)

# Two headers with one guard: whoever includes both gets one of them, silently.
while read -r _ guard; do
    [[ -z $guard ]] || complain "$(grep -lE "^#ifndef $guard\$" "${sources[@]}" | xargs): the same include guard, $guard; name it after its room, too"
done < <(grep -hE '^#ifndef GUICHET_[A-Z0-9_]+_H$' "${sources[@]}" | sort | uniq -d)

while read -r lines file; do
    [[ $file == total || $lines -le 600 ]] || complain "$file: $lines lines; split it (600 at most)"
done < <(wc -l "${sources[@]}")

sort -u "$findings"
[[ ! -s $findings ]] || exit 1
echo "layers: ${#sources[@]} files, $(grep -c . <<<"$all") includes, all as designed"
