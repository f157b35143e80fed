#!/usr/bin/env bash
# What the Content-Security-Policy would refuse in a browser is refused here first; and what makes a page unsafe,
# or turn the wrong way round in Arabic.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"
failed=0

# refuse WHY PATTERN PATH...: no line below the paths may match
refuse() {
    local why=$1 pattern=$2 hits
    shift 2
    hits=$(grep -rnE -- "$pattern" "$@" 2>/dev/null || true)
    [[ -n $hits ]] || return 0
    printf '%s:\n%s\n' "$why" "$hits"
    failed=1
}

shopt -s nullglob
for theme in themes/*/; do
    html=("$theme"templates/{layouts,pages,partials})
    refuse 'inline style' '<style|[[:space:]]style[[:space:]]*=' "${html[@]}"
    refuse 'inline script' '<script[^>]*>[^<]|[[:space:]]on[a-z]+[[:space:]]*=' "${html[@]}"
    refuse 'script without a source' '<script([^s]|s[^r]|sr[^c])*>' "${html[@]}"
    refuse 'javascript: link' 'javascript:' "${html[@]}"
    refuse 'third party' '(src|href)="(https?:)?//' "${html[@]}"
    refuse 'string parsed as HTML' 'innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function' "$theme"js
    refuse 'inline style from a script' "setAttribute\\(['\"]style|\\.style\\.|cssText" "$theme"js
    refuse 'third party' "url\\(['\"]?(https?:)?//|@import +['\"](https?:)?//" "$theme"css
    refuse 'physical property; use the logical one' \
        '(margin|padding|border)-(left|right)|^[[:space:]]*(left|right):|text-align:[[:space:]]*(left|right)|float:[[:space:]]*(left|right)' \
        "$theme"css
    raw=$(grep -rlE '\{\{\{|\{\{&' "${html[@]}" 2>/dev/null | grep -vE '(pages/article|partials/page-text)\.html$' || true)
    if [[ -n $raw ]]; then
        printf 'unescaped value outside the rendered Markdown: %s\n' "$raw"
        failed=1
    fi
done
[[ $failed -eq 0 ]] || exit 1
echo 'templates: nothing inline, nothing unescaped, nothing from elsewhere'
