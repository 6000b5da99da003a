# shellcheck shell=bash
# Pieces that the services' configuration files share.

SQL() { mariadb --no-defaults -S "$S/mysql.sock" -u root "$@"; }
make_database() {
  SQL -e "CREATE DATABASE IF NOT EXISTS $1 CHARACTER SET utf8; GRANT ALL ON $1.* TO 'os'@'$IP' IDENTIFIED BY '$PW';"
}
database_url() { echo "mysql+pymysql://os:$PW@$IP:$P_SQL/$1?charset=utf8"; }

conf_common() {
  cat <<X
transport_url = rabbit://guest:guest@$IP:$P_MQ/
log_file =
use_stderr = true
debug = ${KAAS_LAB_DEBUG:-false}
X
}
# conf_database SECTION DATABASE
conf_database() {
  printf '[%s]\nconnection = %s\nmax_pool_size = 5\nmax_overflow = 20\n' "$1" "$(database_url "$2")"
}
conf_service_user() {
  cat <<X
auth_type = password
auth_url = http://$IP:$P_KEY/v3
project_domain_name = Default
user_domain_name = Default
project_name = service
username = svc
password = $PW
region_name = RegionOne
X
}
# what the middleware that checks tokens wants, without its section's name
conf_token_check() {
  cat <<X
www_authenticate_uri = http://$IP:$P_KEY/v3
memcached_servers = $IP:$P_MC
service_token_roles_required = true
X
  conf_service_user
}
conf_authtoken() {
  echo '[keystone_authtoken]'
  conf_token_check
}
conf_messaging() {
  cat <<X
[oslo_messaging_rabbit]
heartbeat_timeout_threshold = 0
[oslo_messaging_notifications]
driver = noop
X
}
# Debian's policy folders hold comments only, but they are searched and read through for every check, which
# makes Neutron three times slower: an empty folder means the same
conf_policy() {
  mkdir -p "$C/policy.d"
  echo '{}' >"$C/policy.yaml"
  printf '[oslo_policy]\npolicy_file = %s\npolicy_dirs = %s\n' "$C/policy.yaml" "$C/policy.d"
}
conf_locks() {
  mkdir -p "$S/lock/$1"
  printf '[oslo_concurrency]\nlock_path = %s\n' "$S/lock/$1"
}
