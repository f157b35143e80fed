#!/usr/bin/env bash
# Layout is clang-format's; "clang-format -i FILE" settles it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mapfile -t sources < <(find lib gen api tests -name '*.[ch]' | sort)
clang-format --dry-run -Werror "${sources[@]}"
echo "format: ${#sources[@]} files"
