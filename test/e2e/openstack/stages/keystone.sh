# shellcheck shell=bash
# Keystone, on http and, with a certificate of the lab's own authority, on https.

keystone_configure() {
  mkdir -p "$C/keystone" "$S/fernet" "$S/credential"
  chmod 700 "$S/fernet" "$S/credential"
  cat >"$C/keystone/keystone.conf" <<X
[DEFAULT]
$(conf_common)
$(conf_database database keystone)
[identity]
# the fewest: each log-in would cost a quarter of a second
password_hash_rounds = 4
[token]
provider = fernet
expiration = 86400
[fernet_tokens]
key_repository = $S/fernet
[fernet_receipts]
key_repository = $S/fernet
[credential]
key_repository = $S/credential
[cache]
enabled = true
backend = oslo_cache.memcache_pool
memcache_servers = $IP:$P_MC
$(conf_messaging)
$(conf_policy)
X
  cat >"$R/clouds.yaml" <<X
clouds:
  lab-admin:
    auth:
      auth_url: http://$IP:$P_KEY/v3
      username: admin
      password: $PW
      project_name: admin
      user_domain_name: Default
      project_domain_name: Default
    region_name: RegionOne
    identity_api_version: 3
  lab-admin-tls:
    auth:
      auth_url: https://$IP:$P_KEYTLS/v3
      username: admin
      password: $PW
      project_name: admin
      user_domain_name: Default
      project_domain_name: Default
    cacert: $R/ca.pem
    region_name: RegionOne
    identity_api_version: 3
X
}

keystone_authority() {
  local d=$S/tls
  mkdir -p "$d"
  {
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=KaaS lab authority' \
      -keyout "$d/ca.key" -out "$d/ca.pem"
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$IP" -keyout "$d/keystone.key" -out "$d/keystone.csr"
    openssl x509 -req -in "$d/keystone.csr" -CA "$d/ca.pem" -CAkey "$d/ca.key" -CAcreateserial -days 3650 \
      -extfile <(printf 'subjectAltName=IP:%s,DNS:localhost\nextendedKeyUsage=serverAuth\n' "$IP") -out "$d/keystone.pem"
  } >"$L/authority.log" 2>&1 || die "certificates of Keystone" authority
}

keystone_db() {
  local manage=(keystone-manage --config-file "$C/keystone/keystone.conf") url=http://$IP:$P_KEY/v3
  make_database keystone
  "${manage[@]}" db_sync
  "${manage[@]}" fernet_setup --keystone-user root --keystone-group root
  "${manage[@]}" credential_setup --keystone-user root --keystone-group root
  "${manage[@]}" bootstrap --bootstrap-password "$PW" --bootstrap-admin-url "$url" --bootstrap-internal-url "$url" \
    --bootstrap-public-url "$url" --bootstrap-region-id RegionOne
}

keystone_start() {
  cp "$S/tls/ca.pem" "$R/ca.pem"
  OS_KEYSTONE_CONFIG_FILES=$C/keystone/keystone.conf spawn_wsgi keystone 3 "$P_KEY" /usr/bin/keystone-wsgi-public \
    --https-socket "$IP:$P_KEYTLS,$S/tls/keystone.pem,$S/tls/keystone.key"
}
keystone_up() { wait_for 60 keystone http_answers "$P_KEY" /v3; }
