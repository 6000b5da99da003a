# shellcheck shell=bash
# Octavia's stock amphora provider. Amphorae are real Nova (fake) servers on a real Neutron network;
# only the REST driver that would talk to the haproxy inside them is a no-op.

octavia_authority() {
  local d=$S/octavia/certs
  mkdir -p "$d"
  {
    openssl req -x509 -newkey rsa:2048 -days 3650 -subj /CN=lab-octavia-ca -passout "pass:$PW" -keyout "$d/ca.key" -out "$d/ca.pem"
    openssl req -newkey rsa:2048 -nodes -subj /CN=lab-octavia-client -keyout "$d/client.key" -out "$d/client.csr"
    openssl x509 -req -in "$d/client.csr" -CA "$d/ca.pem" -CAkey "$d/ca.key" -passin "pass:$PW" -CAcreateserial -days 3650 -out "$d/client.crt"
    cat "$d/client.crt" "$d/client.key" >"$d/client.pem"
  } >"$L/authority.log" 2>&1 || die "certificates of Octavia" authority
}

# Called once more when the seed has made the network and the flavor that are named here.
octavia_configure() {
  local network='' group='' flavor='' owner=''
  mkdir -p "$C/octavia"
  if [ -s "$S/octavia/ids" ]; then read -r network group flavor owner <"$S/octavia/ids"; fi
  cat >"$C/octavia/octavia.conf" <<X
[DEFAULT]
$(conf_common)
[api_settings]
auth_strategy = keystone
bind_host = $IP
bind_port = $P_LB
api_base_uri = http://$IP:$P_LB
enabled_provider_drivers = amphora:stock,octavia:alias
default_provider_driver = amphora
[health_manager]
heartbeat_key = $PW
bind_ip = $IP
health_update_driver = health_logger
[certificates]
cert_generator = local_cert_generator
ca_certificate = $S/octavia/certs/ca.pem
ca_private_key = $S/octavia/certs/ca.key
ca_private_key_passphrase = $PW
[haproxy_amphora]
client_cert = $S/octavia/certs/client.pem
server_ca = $S/octavia/certs/ca.pem
[controller_worker]
workers = 1
compute_driver = compute_nova_driver
network_driver = allowed_address_pairs_driver
amphora_driver = amphora_noop_driver
image_driver = image_glance_driver
volume_driver = volume_noop_driver
client_ca = $S/octavia/certs/ca.pem
amp_image_tag = amphora
amp_image_owner_id = $owner
amp_boot_network_list = $network
amp_secgroup_list = $group
amp_flavor_id = $flavor
amp_active_retries = 60
amp_active_wait_sec = 1
loadbalancer_topology = SINGLE
[networking]
retry_interval = 1
port_detach_timeout = 30
[oslo_messaging]
topic = octavia_prov
[task_flow]
engine = serial
max_workers = 4
[service_auth]
$(conf_service_user)
[neutron]
region_name = RegionOne
[nova]
region_name = RegionOne
[glance]
region_name = RegionOne
[house_keeping]
cleanup_interval = 60
load_balancer_expiry_age = 600
$(conf_database database octavia)
$(conf_authtoken)
$(conf_messaging)
$(conf_policy)
X
}

octavia_db() {
  make_database octavia
  octavia-db-manage --config-file "$C/octavia/octavia.conf" upgrade head
}

octavia_start() {
  spawn_wsgi octavia-api 2 "$P_LB" /usr/bin/octavia-wsgi --pyargv "--config-file $C/octavia/octavia.conf"
}
octavia_up() { wait_for 60 octavia-api http_answers "$P_LB"; }
octavia_workers_start() {
  octavia_configure
  spawn_python octavia-worker octavia.cmd.octavia_worker --config-file "$C/octavia/octavia.conf"
  spawn_python octavia-housekeeping octavia.cmd.house_keeping --config-file "$C/octavia/octavia.conf"
}
