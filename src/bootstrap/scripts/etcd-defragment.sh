#!/bin/bash
# Gives back the space of what etcd has deleted. A member does not answer meanwhile: never while another is unhealthy.
set -euo pipefail
# KAAS_ETCD_ENDPOINT
. /etc/kaas/etcd.env
if ! /opt/kaas/bin/etcdctl --endpoints "$KAAS_ETCD_ENDPOINT" endpoint health --cluster; then
  echo "a member is unhealthy: not now" >&2
  exit 1
fi
/opt/kaas/bin/etcdctl --endpoints "$KAAS_ETCD_ENDPOINT" defrag --command-timeout 60s
