# shellcheck shell=bash
# The state of a fresh lab as one file in the cache, named for everything that it depends on.

snapshot_file() {
  local key
  key=$({
    # shellcheck disable=SC2046  # one package a word
    dpkg-query -W -f '${Package} ${Version}\n' $(lab_packages)
    cat "$LAB_HOME"/*.sh "$LAB_HOME"/seed.py "$LAB_HOME"/lib/*.sh "$LAB_HOME"/lib/*.py "$LAB_HOME"/stages/*.sh
    # paths and addresses are also inside the databases
    echo "$R $IP $PORTS $COMPUTES"
  } | sha256sum | cut -c1-24)
  echo "$SNAPSHOTS/$key.tar.gz"
}

# Take it before anybody uses the cloud: the databases and the files that belong to them.
snapshot_save() {
  local file part
  file=$(snapshot_file)
  part=$file.part.$$
  mkdir -p "$SNAPSHOTS"
  # shellcheck disable=SC2046  # one database a word
  mariadb-dump --no-defaults -S "$S/mysql.sock" -u root --single-transaction --skip-comments --databases \
    $(SQL -N -e "select schema_name from information_schema.schemata where schema_name not in
      ('mysql','sys','information_schema','performance_schema')") >"$S/databases.sql"
  tar -C "$S" --exclude='*.sock' -czf "$part" databases.sql fernet credential tls glance/images octavia swift/rings "done"
  rm -f "$S/databases.sql" "$SNAPSHOTS"/*.tar.gz
  mv "$part" "$file"
}

# Unpack; false when there is none. The databases follow when MariaDB is up.
snapshot_unpack() {
  local file
  [ "${KAAS_LAB_SNAPSHOT:-1}" != 0 ] || return 1
  file=$(snapshot_file)
  [ -s "$file" ] && gzip -t "$file" 2>/dev/null && tar -C "$S" -xzf "$file"
}
snapshot_load() {
  [ -e "$S/databases.sql" ] || return 0
  {
    echo 'SET SESSION unique_checks=0, foreign_key_checks=0;'
    cat "$S/databases.sql"
    echo "GRANT ALL ON *.* TO 'os'@'$IP' IDENTIFIED BY '$PW';"
  } | SQL
  rm -f "$S/databases.sql"
}
