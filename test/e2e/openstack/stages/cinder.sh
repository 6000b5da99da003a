# shellcheck shell=bash
# Cinder: the in-tree fake driver, with image-to-volume copies reduced to reading the image.

cinder_configure() {
  mkdir -p "$C/cinder" "$S/cinder/conversion"
  cat >"$C/cinder/cinder.conf" <<X
[DEFAULT]
$(conf_common)
my_ip = $IP
host = lab-ctl
state_path = $S/cinder
image_conversion_dir = $S/cinder/conversion
api_paste_config = /etc/cinder/api-paste.ini
resource_query_filters_file = /etc/cinder/resource_filters.json
osapi_volume_listen = $IP
osapi_volume_listen_port = $P_VOL
osapi_volume_workers = 1
auth_strategy = keystone
enabled_backends = lab
default_volume_type = __DEFAULT__
glance_api_servers = http://$IP:$P_IMG
rootwrap_config = /etc/cinder/rootwrap.conf
quota_volumes = -1
quota_gigabytes = -1
quota_snapshots = -1
service_down_time = 300
report_interval = 60
[lab]
volume_driver = labcinder.LabDriver
volume_backend_name = lab
max_over_subscription_ratio = 1000.0
[coordination]
backend_url = file://$S/cinder/coord
[nova]
$(conf_service_user)
[service_user]
send_service_user_token = true
$(conf_service_user)
$(conf_database database cinder)
$(conf_authtoken)
$(conf_locks cinder)
$(conf_messaging)
$(conf_policy)
X
}

cinder_db() {
  make_database cinder
  cinder-manage --config-file "$C/cinder/cinder.conf" db sync
}

cinder_start() {
  local s
  for s in api scheduler volume; do
    spawn_python "cinder-$s" "cinder.cmd.$s" --config-file "$C/cinder/cinder.conf"
  done
}
cinder_up() { wait_for 90 cinder-api http_answers "$P_VOL"; }
