#!/usr/bin/env bash
# Every check that reads the sources. Called by ./build.sh lint; goes on after a failure and counts them.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
failed=()

check() {
    local name=$1
    shift
    printf -- '--- %s\n' "$name"
    "$@" || failed+=("$name")
}

tidy() {
    mapfile -t sources < <(find lib gen api -name '*.c' | sort)
    printf '%s\n' "${sources[@]}" |
        xargs -P "$(nproc)" -n 4 clang-tidy -p build/asan --quiet 2> >(grep -vE '^[0-9]+ warnings? generated|^Suppressed|^Use -header' >&2)
}

cpp() {
    cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
        --suppress=missingIncludeSystem --suppress=unknownMacro -D_GNU_SOURCE -DGUICHET_VERSION='"x"' \
        -j "$(nproc)" lib gen api
}

for name in layers layers_test templates format scripts shell; do
    check "$name" "tests/lint/$name.sh"
done
check clang-tidy tidy
check cppcheck cpp

if [[ ${#failed[@]} -gt 0 ]]; then
    printf 'lint: failed: %s\n' "${failed[*]}"
    exit 1
fi
echo 'lint: all good'
