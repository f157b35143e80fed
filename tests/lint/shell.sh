#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mapfile -t scripts < <(find build.sh .ci/run packaging/postinst packaging/prerm packaging/postrm tests -path "packaging/*" -o -name '*.sh' -o -path .ci/run | sort)
shellcheck "${scripts[@]}"
echo "shell: ${#scripts[@]} scripts"
