#!/bin/bash
# The end-to-end tests: install and build what is missing, start a cloud, test, stop the cloud.
#
#   run.sh [PATTERN...]     only the suites whose path holds a pattern
#
# KAAS_E2E_KEEP=1 leaves the cloud running afterwards.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
cache=${KAAS_E2E_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kaas-e2e}

"$here/setup.sh"
# shellcheck source=/dev/null
. "$cache/env.sh"

stop() { [ -n "${KAAS_E2E_KEEP:-}" ] || "$here/openstack/down.sh"; }
trap stop EXIT
"$here/openstack/up.sh"

cd "$here/../.."
NODE_OPTIONS="--experimental-vm-modules --disable-warning=ExperimentalWarning" \
  npx jest --config jest.e2e.config.mjs "$@"
