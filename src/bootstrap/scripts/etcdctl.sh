#!/bin/bash
# etcdctl of the image that etcd runs from, with the node's own certificate.
set -euo pipefail
# ETCD_IMAGE, KAAS_ETCD_PKI, ETCDCTL_CACERT, ETCDCTL_CERT, ETCDCTL_KEY
. /etc/kaas/etcd.env
exec /usr/bin/docker --config /etc/kaas/docker run --rm --network host \
  --volume "$KAAS_ETCD_PKI:$KAAS_ETCD_PKI:ro" --volume /var/lib/etcd:/var/lib/etcd \
  --env ETCDCTL_CACERT="$ETCDCTL_CACERT" --env ETCDCTL_CERT="$ETCDCTL_CERT" --env ETCDCTL_KEY="$ETCDCTL_KEY" \
  --entrypoint "/usr/local/bin/$(basename "$0")" "$ETCD_IMAGE" "$@"
