# shellcheck shell=bash
# Designate with the in-tree fake backend; mdns itself answers the SOA polls that turn zones ACTIVE.

designate_configure() {
  mkdir -p "$C/designate" "$S/designate"
  cat >"$C/designate/designate.conf" <<X
[DEFAULT]
$(conf_common)
state_path = $S/designate
root_helper = sudo -n
quota_zones = 1000
quota_zone_recordsets = 5000
quota_zone_records = 5000
quota_recordset_records = 100
supported_record_type = A, AAAA, CNAME, MX, SRV, TXT, NS, PTR, SPF, SSHFP, SOA, CAA
[service:api]
listen = $IP:$P_DNS
workers = 1
threads = 20
auth_strategy = keystone
api_base_uri = http://$IP:$P_DNS
enable_host_header = false
enabled_extensions_v2 = quotas, reports
enable_api_v2 = true
api_paste_config = /etc/designate/api-paste.ini
[service:central]
workers = 1
managed_resource_email = dns@lab.test.
[service:producer]
workers = 1
[service:worker]
workers = 1
enabled = true
notify = true
poll_max_retries = 5
poll_retry_interval = 1
poll_delay = 0
poll_timeout = 5
serial_timeout = 30
[service:mdns]
listen = $IP:$P_MDNS
workers = 1
[storage:sqlalchemy]
connection = $(database_url designate)
$(conf_authtoken)
$(conf_locks designate)
$(conf_messaging)
$(conf_policy)
X
  cat >"$C/designate/pools.yaml" <<X
- name: default
  description: lab pool
  attributes: {}
  ns_records:
    - {hostname: ns1.lab.test., priority: 1}
  nameservers:
    - {host: $IP, port: $P_MDNS}
  targets:
    - type: fake
      description: no server behind it
      masters:
        - {host: $IP, port: $P_MDNS}
      options: {host: $IP, port: $P_MDNS}
X
  # a call made before central listens would hang for the whole RPC timeout: keep it short
  printf '[DEFAULT]\nrpc_response_timeout = 5\n' >"$C/designate/short.conf"
}

designate_db() {
  make_database designate
  designate-manage --config-file "$C/designate/designate.conf" database sync
}

designate_start() {
  local s
  for s in central api worker producer mdns; do
    spawn_python "designate-$s" "designate.cmd.$s" --config-file "$C/designate/designate.conf"
  done
}
designate_central_known() { SQL -N -e "select 1 from designate.service_statuses where service_name='central'" | grep -q 1; }
designate_pool() {
  wait_for 60 designate-central designate_central_known
  wait_for 40 designate-central designate-manage --config-file "$C/designate/designate.conf" \
    --config-file "$C/designate/short.conf" pool update --file "$C/designate/pools.yaml"
}
designate_up() { wait_for 60 designate-api http_answers "$P_DNS"; }
