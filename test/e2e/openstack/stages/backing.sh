# shellcheck shell=bash
# Database, message queue and cache.

backing_start_sql() {
  alive mariadb && return 0
  if [ ! -d "$S/mysql/mysql" ]; then
    rm -rf "$S/mysql"
    mkdir -p "$S/mysql"
    mariadb-install-db --no-defaults --user=root --datadir="$S/mysql" --auth-root-authentication-method=socket \
      --skip-test-db >"$L/mariadb-install.log" 2>&1 || die "mariadb-install-db" mariadb-install
  fi
  # nothing here outlives the machine: no fsync, no doublewrite, no binary log
  spawn mariadb mariadbd --no-defaults --user=root --datadir="$S/mysql" --socket="$S/mysql.sock" \
    --pid-file="$S/mysql.pid" --bind-address="$IP" --port="$P_SQL" --skip-name-resolve --max-connections=1000 \
    --performance-schema=OFF --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 \
    --innodb-buffer-pool-size=256M --skip-log-bin --innodb-flush-method=nosync --innodb-stats-persistent=OFF \
    --character-set-server=utf8 --collation-server=utf8_general_ci
}

backing_start_queue() {
  alive rabbit && return 0
  rm -rf "$S/mq" # queues of services that are gone
  mkdir -p "$S/mq"
  cat >"$C/rabbitmq.conf" <<X
listeners.tcp.1 = $IP:$P_MQ
loopback_users.guest = true
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 50MB
log.console = true
log.file = false
X
  echo '[].' >"$C/mq-plugins"
  spawn epmd env ERL_EPMD_PORT="$P_EPMD" epmd -address "$IP" -port "$P_EPMD"
  spawn rabbit env HOME="$S/mq" ERL_EPMD_PORT="$P_EPMD" ERL_EPMD_ADDRESS="$IP" RABBITMQ_NODENAME=lab@localhost \
    RABBITMQ_DIST_PORT="$P_MQDIST" RABBITMQ_CONFIG_FILE="$C/rabbitmq.conf" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$C/mq-plugins" RABBITMQ_MNESIA_BASE="$S/mq/mnesia" RABBITMQ_LOG_BASE="$L" \
    RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_PID_FILE="$S/mq/pid" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none" \
    /usr/lib/rabbitmq/bin/rabbitmq-server
}

backing_start() {
  spawn memcached memcached -u nobody -l "$IP" -p "$P_MC" -U 0 -m 64 -c 1024
  backing_start_queue
  backing_start_sql
  wait_for 60 mariadb SQL -e 'select 1'
}

backing_queue_up() { wait_for 120 rabbit bash -c "exec 3<>/dev/tcp/$IP/$P_MQ"; }
