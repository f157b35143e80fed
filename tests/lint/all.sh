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

# One file at a time: with several, clang-tidy 14 takes each va_list after the first file for uninitialised.
tidy() {
    mapfile -t sources < <(find lib gen api -name '*.c' | sort)
    printf '%s\n' "${sources[@]}" |
        xargs -P "$(nproc)" -n 1 clang-tidy -p build/asan --quiet 2> >(grep -vE '^[0-9]+ warnings? generated|^Suppressed|^Use -header' >&2)
}

cpp() {
    # varFuncNullUB: NULL is a pointer in every C library that we build with.
    cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
        --suppress=missingIncludeSystem --suppress=unknownMacro --suppress=varFuncNullUB -D_GNU_SOURCE -DGUICHET_VERSION='"x"' \
        -DGUICHET_THEMES='"x"' \
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
