# shellcheck shell=bash
# shellcheck disable=SC2034  # read by the scripts that source this file
# One place for ports, folders and the other settings of the lab.
LAB_HOME=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")

R=${KAAS_LAB_ROOT:-${TMPDIR:-/tmp}/kaas-openstack-lab}
C=$R/conf  # written at every start
L=$R/log
RUN=$R/run # NAME.pid: pid and start time of what up.sh started
S=$R/state # databases, keys, images; `S/done` marks the steps that are not to be repeated

IP=127.0.0.1
PW=lab-pass
COMPUTES=${KAAS_LAB_COMPUTES:-6}

# Ports, all on loopback. up.sh refuses to start when a stranger holds one of them.
P_SQL=13306 P_MQ=15682 P_EPMD=14369 P_MQDIST=15683 P_MC=11311
P_KEY=5000 P_KEYTLS=5443
P_NET=9696 P_IMG=9292 P_PLC=8778 P_NOVA=8774 P_VOL=8776
P_LB=9876 P_DNS=9001 P_MDNS=5354
P_SWP=18080 P_SWA=16202 P_SWC=16201 P_SWO=16200
PORTS="$P_SQL:mariadb $P_MQ:rabbitmq $P_EPMD:epmd $P_MQDIST:rabbitmq $P_MC:memcached $P_KEY:keystone $P_KEYTLS:keystone
 $P_NET:neutron $P_IMG:glance $P_PLC:placement $P_NOVA:nova-api $P_VOL:cinder-api $P_LB:octavia-api $P_DNS:designate-api
 $P_MDNS:designate-mdns $P_SWP:swift-proxy $P_SWA:swift-account $P_SWC:swift-container $P_SWO:swift-object"

# The state of a fresh lab is kept here, so that the next one need not migrate and seed again.
SNAPSHOTS=${KAAS_E2E_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kaas-e2e}/openstack-lab

# The services must see nothing of the caller's: clouds, proxies, Python set-up.
for v in $(compgen -e | grep -E '^OS_' || true); do unset "$v"; done
unset v http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy PYTHONHOME PYTHONDONTWRITEBYTECODE
export PATH=/usr/sbin:/usr/bin:/sbin:/bin PYTHONPATH=$R/lib LC_ALL=C.UTF-8 HOME=$S/home
