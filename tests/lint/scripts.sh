#!/usr/bin/env bash
# Types of the themes' scripts, from their JSDoc.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
node tests/node_modules/typescript/bin/tsc --project tests/lint/tsconfig.json
echo 'scripts: types hold'
