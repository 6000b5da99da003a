# shellcheck shell=bash
# Placement, and Nova with the in-tree fake hypervisor on several make-believe hosts.

# nova_conf FILE HOST
nova_conf() {
  cat >"$C/nova/$1" <<X
[DEFAULT]
$(conf_common)
host = $2
my_ip = $IP
state_path = $S/nova
instances_path = $S/nova/instances
osapi_compute_listen = $IP
osapi_compute_listen_port = $P_NOVA
osapi_compute_workers = 1
enabled_apis = osapi_compute
compute_driver = lab.LabDriver
resume_guests_state_on_host_boot = false
reserved_host_memory_mb = 0
reserved_host_disk_mb = 0
initial_cpu_allocation_ratio = 64.0
initial_ram_allocation_ratio = 64.0
initial_disk_allocation_ratio = 64.0
instance_usage_audit = false
service_down_time = 300
report_interval = 60
update_resources_interval = 120
heal_instance_info_cache_interval = -1
sync_power_state_interval = -1
$(conf_database database nova)
$(conf_database api_database nova_api)
[wsgi]
api_paste_config = /etc/nova/api-paste.ini
[api]
auth_strategy = keystone
[conductor]
workers = 1
[scheduler]
workers = 1
discover_hosts_in_cells_interval = -1
max_attempts = 10
[filter_scheduler]
# hard anti-affinity groups created in parallel race for hosts: spread the picks at random over
# more hypervisors than a group has members
host_subset_size = 100
build_failure_weight_multiplier = 0.0
[vnc]
enabled = false
[spice]
enabled = false
[quota]
instances = -1
cores = -1
ram = -1
server_groups = -1
server_group_members = -1
key_pairs = -1
[glance]
api_servers = http://$IP:$P_IMG
[placement]
$(conf_service_user)
[neutron]
$(conf_service_user)
service_metadata_proxy = false
[cinder]
$(conf_service_user)
catalog_info = volumev3::publicURL
[service_user]
send_service_user_token = true
$(conf_service_user)
$(conf_authtoken)
$(conf_locks nova)
$(conf_messaging)
$(conf_policy)
X
}

nova_configure() {
  local i
  mkdir -p "$C/nova" "$C/placement" "$S/nova"
  cat >"$C/placement/placement.conf" <<X
[DEFAULT]
debug = ${KAAS_LAB_DEBUG:-false}
[api]
auth_strategy = keystone
$(conf_database placement_database placement)
$(conf_authtoken)
$(conf_policy)
X
  nova_conf nova.conf lab-ctl
  for i in $(seq "$COMPUTES"); do nova_conf "compute$i.conf" "fake-hv$i"; done
}

placement_db() {
  make_database placement
  placement-manage --config-file "$C/placement/placement.conf" db sync
}

nova_db() {
  local manage=(nova-manage --config-file "$C/nova/nova.conf")
  make_database nova_api
  make_database nova
  make_database nova_cell0
  "${manage[@]}" api_db sync
  "${manage[@]}" cell_v2 map_cell0 --database_connection "$(database_url nova_cell0)"
  "${manage[@]}" cell_v2 list_cells | grep -q cell1 || "${manage[@]}" cell_v2 create_cell --name cell1
  "${manage[@]}" db sync
}

placement_start() { OS_PLACEMENT_CONFIG_DIR=$C/placement spawn_wsgi placement 2 "$P_PLC" /usr/bin/placement-api; }
# conductor and scheduler end at once when Keystone does not know their user or Placement yet
nova_start() {
  local m
  wait_for 60 placement http_answers "$P_PLC"
  for m in api:api_os_compute conductor:conductor scheduler:scheduler; do
    spawn_python "nova-${m%:*}" "nova.cmd.${m#*:}" --config-file "$C/nova/nova.conf"
  done
}
nova_up() { wait_for 90 nova-api http_answers "$P_NOVA"; }

# The hypervisors register with Placement when they start, so they come after it and the users.
nova_computes_start() {
  local -a configs
  mapfile -t configs < <(seq -f "$C/nova/compute%g.conf" "$COMPUTES")
  spawn_python nova-computes labcompute "${configs[@]}"
}
nova_count() { SQL -N -e "select count(*) from $1" 2>/dev/null || echo 0; }
# nova_computes_reported SINCE: all of them have said that they are up
nova_computes_reported() {
  [ "$(nova_count "nova.services where deleted=0 and \`binary\`='nova-compute' and last_seen_up >= '$1'")" -ge "$COMPUTES" ]
}
nova_nodes_known() { [ "$(nova_count "nova.compute_nodes where deleted=0")" -ge "$COMPUTES" ]; }
nova_map_hosts() {
  wait_for 90 nova-computes nova_nodes_known
  nova-manage --config-file "$C/nova/nova.conf" cell_v2 discover_hosts --verbose >>"$L/nova-map.log" 2>&1 ||
    die "discovery of the hypervisors" nova-map
  [ "$(nova_count nova_api.host_mappings)" -ge "$COMPUTES" ] || die "some hypervisors are not mapped" nova-map
}
