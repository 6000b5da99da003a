# shellcheck shell=bash
# Swift: one replica on a plain directory, users of Keystone.

swift_servers() { printf '%s\n' "account:$P_SWA" "container:$P_SWC" "object:$P_SWO"; }

swift_rings() {
  local entry name d=$S/swift/rings
  mkdir -p "$d"
  for entry in $(swift_servers); do
    name=${entry%:*}
    rm -f "$d/$name.builder" "$d/$name.ring.gz"
    swift-ring-builder "$d/$name.builder" create 4 1 1
    swift-ring-builder "$d/$name.builder" add "r1z1-$IP:${entry#*:}/d1" 1
    swift-ring-builder "$d/$name.builder" rebalance
  done
}

swift_configure() {
  local entry name
  mkdir -p "$C/swift" "$S/swift/disks/d1" "$S/swift/recon"
  for entry in $(swift_servers); do
    name=${entry%:*}
    cat >"$C/swift/$name.conf" <<X
[DEFAULT]
bind_ip = $IP
bind_port = ${entry#*:}
user = root
workers = 0
swift_dir = $S/swift/rings
devices = $S/swift/disks
mount_check = false
fallocate_reserve = 0
[pipeline:main]
pipeline = healthcheck $name-server
[app:$name-server]
use = egg:swift#$name
recon_cache_path = $S/swift/recon
[filter:healthcheck]
use = egg:swift#healthcheck
X
  done
  # reseller_admin_role: the lab's admin may look into every account (leftovers.py does)
  cat >"$C/swift/proxy.conf" <<X
[DEFAULT]
bind_ip = $IP
bind_port = $P_SWP
user = root
workers = 0
swift_dir = $S/swift/rings
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk tempurl authtoken keystoneauth copy container-quotas account-quotas slo dlo versioned_writes symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = $IP:$P_MC
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:tempurl]
use = egg:swift#tempurl
[filter:authtoken]
paste.filter_factory = keystonemiddleware.auth_token:filter_factory
$(conf_token_check)
delay_auth_decision = true
[filter:keystoneauth]
use = egg:swift#keystoneauth
operator_roles = admin, member
reseller_admin_role = admin
[filter:copy]
use = egg:swift#copy
[filter:container-quotas]
use = egg:swift#container_quotas
[filter:account-quotas]
use = egg:swift#account_quotas
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true
[filter:symlink]
use = egg:swift#symlink
X
}

swift_start() {
  local name
  for name in account container object; do
    spawn "swift-$name" "/usr/bin/swift-$name-server" "$C/swift/$name.conf" -v
  done
  spawn swift-proxy /usr/bin/swift-proxy-server "$C/swift/proxy.conf" -v
}
swift_up() { wait_for 60 swift-proxy http_answers "$P_SWP" /healthcheck; }
