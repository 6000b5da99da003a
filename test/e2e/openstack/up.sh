#!/bin/bash
# shellcheck source-path=SCRIPTDIR
# Bring up a loopback-only OpenStack control plane. Safe to run again: what runs is left alone, and
# steps that are done once leave a mark in the state folder.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
. ./settings.sh
for f in lib/process.sh lib/config.sh lib/snapshot.sh stages/*.sh; do
  # shellcheck disable=SC1090
  . "./$f"
done

lab_packages() { sed 's/#.*//; /^[[:space:]]*$/d' "$LAB_HOME/packages.txt"; }
stage() {
  say "$1 ($((SECONDS - stage_began)) s, $SECONDS s in all)"
  stage_began=$SECONDS
}
stage_began=0

check_packages() {
  local p missing=''
  for p in $(lab_packages); do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing="$missing $p"
  done
  [ -z "$missing" ] || die "these packages are missing, run test/e2e/setup.sh openstack:$missing"
}

# A port that is taken, although the service that wants it does not run, belongs to a stranger.
check_ports() {
  local entry port running
  running=$(running)
  [ -z "$running" ] || return 0
  for entry in $PORTS; do
    port=${entry%:*}
    if (exec 3<>"/dev/tcp/$IP/$port") 2>/dev/null; then
      die "port $port, wanted by ${entry#*:}, is taken by another process"
    fi
  done
}
running() {
  local name
  for name in $(started); do
    if alive "$name"; then echo "$name"; else rm -f "$RUN/$name.pid"; fi
  done
}

seed() {
  LAB_URL=http://$IP:$P_KEY/v3 LAB_PASSWORD=$PW /usr/bin/python3 "$LAB_HOME/seed.py" "$@" >>"$L/seed.log" 2>&1 ||
    die "seed $1" seed
}
seed_identities() {
  seed identities "network=neutron=http://$IP:$P_NET" "image=glance=http://$IP:$P_IMG" \
    "placement=placement=http://$IP:$P_PLC" "compute=nova=http://$IP:$P_NOVA/v2.1" \
    "load-balancer=octavia=http://$IP:$P_LB" "dns=designate=http://$IP:$P_DNS" \
    "volumev3=cinderv3=http://$IP:$P_VOL/v3/%(project_id)s" \
    "object-store=swift=http://$IP:$P_SWP/v1/AUTH_%(project_id)s"
}
seed_cloud() { seed cloud "$S/octavia/ids"; }

[ "$(id -u)" = 0 ] || die "the lab wants root"
check_packages
mkdir -p "$C" "$L" "$RUN" "$S/done" "$S/home" "$R/lib"
check_ports
cp -r lib/*.py lib/*.dist-info "$R/lib/"

began=$(date -u '+%F %T')
fresh=0 computes_new=0
if [ ! -d "$S/mysql/mysql" ]; then
  if snapshot_unpack; then say "initial state from $SNAPSHOTS"; else fresh=1; fi
fi
for s in keystone neutron glance nova octavia designate cinder swift; do "${s}_configure"; done

backing_start
snapshot_load
stage "database and cache are up"
once databases in_parallel 3 neutron_db nova_db cinder_db keystone_db octavia_db designate_db glance_db placement_db \
  keystone_authority octavia_authority swift_rings
stage "databases are initialised"

# Keystone and the database are all that these want in order to start
keystone_start
placement_start
neutron_start
glance_start
keystone_up
once identities seed_identities
stage "keystone is up"
nova_start
backing_queue_up
designate_start
cinder_start
octavia_start
swift_start
nova_up
alive nova-computes || computes_new=1
nova_computes_start
neutron_up
glance_up
stage "nova, neutron and glance are up"
once cloud seed_cloud
octavia_workers_start
once hypervisors nova_map_hosts
once designate-pool designate_pool
octavia_up
designate_up
cinder_up
swift_up
[ $computes_new = 0 ] || wait_for 120 nova-computes nova_computes_reported "$began"
stage "everything is up"
[ $fresh = 0 ] || [ "${KAAS_LAB_SNAPSHOT:-1}" = 0 ] || snapshot_save
say "the lab is up after $SECONDS s; OS_CLIENT_CONFIG_FILE=$R/clouds.yaml with OS_CLOUD=lab-admin or lab-admin-tls"
