# shellcheck shell=bash
# Glance, with images as files.

glance_configure() {
  mkdir -p "$C/glance" "$S/glance/images"
  cat >"$C/glance/glance-api.conf" <<X
[DEFAULT]
$(conf_common)
bind_host = $IP
bind_port = $P_IMG
workers = 0
enabled_backends = disk:file
show_image_direct_url = false
image_cache_dir = $S/glance/cache
[disk]
filesystem_store_datadir = $S/glance/images
[os_glance_staging_store]
filesystem_store_datadir = $S/glance/staging
[os_glance_tasks_store]
filesystem_store_datadir = $S/glance/tasks
[glance_store]
default_backend = disk
[paste_deploy]
flavor = keystone
config_file = /etc/glance/glance-api-paste.ini
$(conf_database database glance)
$(conf_authtoken)
$(conf_locks glance)
$(conf_messaging)
$(conf_policy)
X
}

glance_db() {
  make_database glance
  glance-manage --config-file "$C/glance/glance-api.conf" db_sync
}

glance_start() { spawn_python glance glance.cmd.api --config-file "$C/glance/glance-api.conf"; }
glance_up() { wait_for 60 glance http_answers "$P_IMG"; }
