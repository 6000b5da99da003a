# shellcheck shell=bash
# neutron-server with ML2 and no agents: a tiny mechanism driver binds every port at once.

neutron_configure() {
  mkdir -p "$C/neutron" "$S/neutron"
  cat >"$C/neutron/neutron.conf" <<X
[DEFAULT]
$(conf_common)
bind_host = $IP
bind_port = $P_NET
core_plugin = ml2
service_plugins = router
allow_overlapping_ips = true
auth_strategy = keystone
api_workers = 0
rpc_workers = 0
rpc_state_report_workers = 0
state_path = $S/neutron
api_paste_config = /etc/neutron/api-paste.ini
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = false
dhcp_agent_notification = false
dns_domain = lab.test.
global_physnet_mtu = 1500
[quotas]
default_quota = -1
quota_network = -1
quota_subnet = -1
quota_port = -1
quota_router = -1
quota_floatingip = -1
quota_security_group = -1
quota_security_group_rule = -1
[ml2]
type_drivers = flat,vxlan
tenant_network_types = vxlan
mechanism_drivers = instant
extension_drivers = port_security
[ml2_type_flat]
flat_networks = public
[ml2_type_vxlan]
vni_ranges = 1:5000
$(conf_database database neutron)
$(conf_authtoken)
$(conf_locks neutron)
$(conf_messaging)
$(conf_policy)
X
}

neutron_db() {
  make_database neutron
  neutron-db-manage --config-file "$C/neutron/neutron.conf" upgrade heads
}

neutron_start() { spawn_python neutron neutron.cmd.eventlet.server --config-file "$C/neutron/neutron.conf"; }
neutron_up() { wait_for 120 neutron http_answers "$P_NET"; }
