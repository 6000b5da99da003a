#!/bin/bash
# Decides how this etcd member starts, and writes it for etcd's own unit: `new` when the cluster is being made, `existing`
# when its disk is empty beside a live quorum. A member whose data is gone is taken out and added again: etcd does not let
# it come back under its old identity.
set -euo pipefail
# ETCD_NAME, ETCD_DATA_DIR, ETCD_INITIAL_ADVERTISE_PEER_URLS
. /etc/etcd/etcd.env
# KAAS_ETCD_PEERS
. /etc/kaas/etcd.env
# KAAS_INITIALISED
. /etc/kaas/boot.env
output=/run/etcd/membership.env

decide() {
  mkdir -p /run/etcd
  printf 'ETCD_INITIAL_CLUSTER_STATE=%s\n' "$1" >"$output"
  echo "$ETCD_NAME starts as $1: $2"
}

if [ -d "$ETCD_DATA_DIR/member" ]; then
  decide existing "its data is there"
  exit
fi

# `ID, status, name, peer addresses, client addresses, learner`: a line for each member. It is answered by a quorum only.
members=
if [ -n "$KAAS_ETCD_PEERS" ]; then
  members=$(/opt/kaas/bin/etcdctl --endpoints "$KAAS_ETCD_PEERS" member list --write-out simple) || members=
fi
if [ -z "$members" ]; then
  if [ "$KAAS_INITIALISED" = true ]; then
    echo "the disk is empty and no quorum answers: waiting, since the cluster exists" >&2
    exit 1
  fi
  decide new "no quorum answers"
  exit
fi

entry=$(awk -F', ' -v url="$ETCD_INITIAL_ADVERTISE_PEER_URLS" '$4 == url { print $1, $5 }' <<<"$members")
read -r id clients <<<"$entry" || true
# A member that has never been up has no client addresses yet, whatever its status says: it waits for this one to start.
if [ -n "${clients:-}" ]; then
  echo "member $id has lost its data: taking it out"
  /opt/kaas/bin/etcdctl --endpoints "$KAAS_ETCD_PEERS" member remove "$id"
  id=
fi
if [ -z "${id:-}" ]; then
  /opt/kaas/bin/etcdctl --endpoints "$KAAS_ETCD_PEERS" member add "$ETCD_NAME" \
    --peer-urls="$ETCD_INITIAL_ADVERTISE_PEER_URLS"
fi
decide existing "a quorum answers"
