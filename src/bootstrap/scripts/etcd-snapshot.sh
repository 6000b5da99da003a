#!/bin/bash
# Stores a snapshot of etcd in the cluster's object container. Every member's timer starts this; the leader does it.
# The store deletes a snapshot when its time has come.
set -euo pipefail
# KAAS_CLUSTER, KAAS_ETCD_ENDPOINT, KAAS_SNAPSHOT_CONTAINER, KAAS_SNAPSHOT_RETENTION_SECONDS, KAAS_CLOUD_CA
. /etc/kaas/etcd.env
# OS_AUTH_URL, OS_APPLICATION_CREDENTIAL_ID, OS_APPLICATION_CREDENTIAL_SECRET, KAAS_OBJECT_STORE_URL
. /etc/kaas/object-store.env

# What a snapshot that was cut short has left behind.
rm -rf /var/lib/etcd/snapshot.*

fact() { awk -F' : ' -v name="\"$1\"" '$1 == name { print $2 }' <<<"$status"; }
status=$(/opt/kaas/bin/etcdctl --endpoints "$KAAS_ETCD_ENDPOINT" endpoint status --write-out fields)
if [ "$(fact MemberID)" != "$(fact Leader)" ]; then
  echo "not the leader: the leader stores the snapshot"
  exit 0
fi

# On the data's own volume: the operating system's is small.
work=$(mktemp --directory /var/lib/etcd/snapshot.XXXXXX)
trap 'rm -rf "$work"' EXIT
/opt/kaas/bin/etcdctl --endpoints "$KAAS_ETCD_ENDPOINT" snapshot save "$work/snapshot.db"
/opt/kaas/bin/etcdutl snapshot status "$work/snapshot.db"
gzip "$work/snapshot.db"

http() { curl --silent --show-error --fail --retry 5 --retry-all-errors --connect-timeout 10 --max-time 1800 ${KAAS_CLOUD_CA:+--cacert "$KAAS_CLOUD_CA"} "$@"; }
# Catalogs name the identity service with and without its version.
identity=${OS_AUTH_URL%/}
[[ $identity == */v3 ]] || identity+=/v3
# The secret is read from standard input, and the token from a file: neither shows in the list of processes.
token=$(
  printf '{"auth":{"identity":{"methods":["application_credential"],"application_credential":{"id":"%s","secret":"%s"}}}}' \
    "$OS_APPLICATION_CREDENTIAL_ID" "$OS_APPLICATION_CREDENTIAL_SECRET" |
    http --output /dev/null --dump-header - --header 'Content-Type: application/json' --data @- \
      "$identity/auth/tokens" | tr -d '\r' | awk 'tolower($1) == "x-subject-token:" { print $2 }'
)
(umask 077 && printf 'X-Auth-Token: %s\n' "$token" >"$work/token")
name=$KAAS_CLUSTER-$(date --utc +%Y-%m-%dT%H%M%SZ).db.gz
digest=$(md5sum "$work/snapshot.db.gz")
# The store refuses what does not have the digest.
http --upload-file "$work/snapshot.db.gz" --header "@$work/token" --header "ETag: ${digest%% *}" \
  --header "X-Delete-After: $KAAS_SNAPSHOT_RETENTION_SECONDS" --header 'Content-Type: application/gzip' \
  "$KAAS_OBJECT_STORE_URL/$KAAS_SNAPSHOT_CONTAINER/$name"
echo "stored $KAAS_SNAPSHOT_CONTAINER/$name, $(stat --format %s "$work/snapshot.db.gz") bytes"
