#!/usr/bin/env bash
# Breaks each rule of layers.sh once, in a little tree of its own, and wants to hear of it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

fresh() {
    rm -rf "${tree:?}"/*
    mkdir -p "$tree"/{lib/http,gen/assets,api/portal,api/store,api/mail,api/oidc,api/own}
    echo '#include <civetweb.h>' >"$tree/lib/http/server.c"
    echo '#include <cmark.h>' >"$tree/gen/markdown.c"
    echo '#include <sqlite3.h>' >"$tree/api/store/db.c"
    echo '#include "../../lib/buf.h"' >"$tree/api/portal/list.c"
    printf '#ifndef GUICHET_BUF_H\n#define GUICHET_BUF_H\n#endif\n' >"$tree/lib/buf.h"
    touch "$tree/api/store/db.h"
}

# wants SENTENCE FILE LINE: with LINE added to FILE the check fails and names the file
wants() {
    fresh
    printf '%s\n' "$3" >>"$tree/$2"
    if output=$("$here/layers.sh" "$tree" 2>&1) || ! grep -q "$2" <<<"$output"; then
        printf 'not ok: %s\n%s\n' "$1" "$output"
        failures=$((failures + 1))
    fi
}

fresh
"$here/layers.sh" "$tree" >/dev/null || { echo 'not ok: a tree that keeps the rules passes'; failures=1; }
wants 'lib includes nothing of api' lib/buf.c '#include "../api/store/db.h"'
wants 'gen includes nothing of api' gen/site.c '#include "../api/store/db.h"'
wants 'api includes nothing of gen' api/portal/list.c '#include "../../gen/site.h"'
wants 'handlers never see db.h' api/portal/list.c '#include "../store/db.h"'
wants 'the store knows no handlers' api/store/db.c '#include "../portal/list.h"'
wants 'SQLite stays in the store' api/portal/list.c '#include <sqlite3.h>'
wants 'civetweb stays in lib/http' gen/site.c '#include <civetweb.h>'
wants 'one file includes civetweb' lib/http/other.c '#include <civetweb.h>'
wants 'one file includes cmark' gen/other.c '#include <cmark.h>'
wants 'packing stays with the assets' gen/other.c '#include <brotli/encode.h>'
wants 'zlib stays with the assets' api/portal/list.c '#include <zlib.h>'
wants 'MIME stays in mail' api/portal/list.c '#include <gmime/gmime.h>'
wants 'curl stays with mail and the calls to providers' api/oidc/return.c '#include <curl/curl.h>'
wants 'one file includes cjose' api/oidc/fetch.c '#include <cjose/cjose.h>'
wants 'one file includes libarchive' api/own/export.c '#include <archive.h>'
wants 'banned functions are found' lib/buf.c 'void f(char *a) { strcpy(a, "b"); }'
wants 'no two headers share a guard' api/portal/buf.h '#ifndef GUICHET_BUF_H'
wants 'long files are found' lib/buf.c "$(seq 601)"
[[ $failures -eq 0 ]] || exit 1
echo 'layers_test: every rule bites'
