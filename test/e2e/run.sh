#!/bin/bash
# The end-to-end tests: install and build what is missing, start a cloud, test, stop the cloud.
#
#   run.sh [OPTION...] [PATTERN...]     only the suites whose path holds a pattern; options are jest's, --name=value
#
# The cloud is left out when no suite of openstack/ is among them; those of aws/ want Terraform and a few tools,
# those of monitoring/ Prometheus, those of charts/ what runs on a cluster too.
# KAAS_E2E_KEEP=1 leaves the cloud running afterwards.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
cache=${KAAS_E2E_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kaas-e2e}
cd "$here/../.."

tests() {
  NODE_OPTIONS="--experimental-vm-modules --disable-warning=ExperimentalWarning" \
    npx jest --config jest.e2e.config.mjs "$@"
}
stop() { [ -n "${KAAS_E2E_KEEP:-}" ] || "$here/openstack/down.sh"; }

patterns=()
for argument in "$@"; do
  [[ $argument == -* ]] || patterns+=("$argument")
done
# Options would change what is printed here.
suites=$(tests --listTests "${patterns[@]}")
cloud='' sections=()
if grep -q /test/e2e/openstack/ <<<"$suites"; then
  cloud=yes # and every section
else
  if grep -q /test/e2e/aws/ <<<"$suites"; then sections+=(terraform aws stores checkov iam); fi
  if grep -qE /test/e2e/'(monitoring|charts)'/ <<<"$suites"; then sections+=(prometheus); fi
  if grep -q /test/e2e/charts/ <<<"$suites"; then sections+=(platform); fi
  if grep -q /test/e2e/auth/ <<<"$suites"; then sections+=(stores auth); fi
  if grep -qvE /test/e2e/'(aws|monitoring)'/ <<<"$suites"; then sections+=(checkov kubernetes etcd node); fi
fi

"$here/setup.sh" "${sections[@]}"
# shellcheck source=/dev/null
. "$cache/env.sh"
if [ -n "$cloud" ]; then
  trap stop EXIT
  "$here/openstack/up.sh"
fi
tests "$@"
