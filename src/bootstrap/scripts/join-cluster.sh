#!/bin/bash
# Brings the node into the cluster, once; its unit runs it again until it ends well. The control plane is initialised
# only by the first controller, only while the cluster does not exist: no peer answers, `initialised` is false, and etcd
# holds no objects of Kubernetes but this controller's own.
set -euo pipefail
# KAAS_ROLE, KAAS_FIRST, KAAS_API_HOST, KAAS_API_PORT, KAAS_PEERS, KAAS_ETCD_ENDPOINTS
. /etc/kaas/node.env
state=/var/lib/kaas
pki=/etc/kubernetes/pki
# What an attempt that was cut short leaves behind, and the certificates that are there from the start.
ignored=DirAvailable--etc-kubernetes-manifests,DirAvailable--var-lib-etcd,DirAvailable--var-lib-etcd-data
for file in kubelet.conf bootstrap-kubelet.conf pki/ca.crt \
  manifests/{kube-apiserver,kube-controller-manager,kube-scheduler,etcd}.yaml; do
  ignored+=,FileAvailable--etc-kubernetes-${file//\//-}
done
for port in 6443 10250 10257 10259 2379 2380; do ignored+=,Port-$port; done
# kubeadm would fetch the pause image from a custom build's repository, where it need not be. containerd has another one,
# and the kubelet fetches what it needs.
ignored+=,ImagePull

mkdir -p "$state"
if [ -e $state/joined ]; then
  echo "the node is in the cluster already"
  exit
fi

# answers [ADDRESS]: whether an API server is ready there; by default where nodes look for it
answers() {
  curl --silent --fail --output /dev/null --max-time 5 --cacert /etc/kaas/ca.crt \
    ${1:+--resolve "$KAAS_API_HOST:$KAAS_API_PORT:$1"} "https://$KAAS_API_HOST:$KAAS_API_PORT/readyz"
}

peer_answers() {
  local peer
  for peer in $KAAS_PEERS; do
    if answers "$peer"; then return; fi
  done
  return 1
}

# cluster_exists: whether the control plane has come up once, as controllers are told
cluster_exists() {
  local KAAS_INITIALISED
  . /etc/kaas/boot.env
  [ "$KAAS_INITIALISED" = true ]
}

# etcd_is_unused: whether etcd of its own nodes answers and holds no objects. Keys are in base64: /registry/ to /registry0.
etcd_is_unused() {
  local endpoint answer
  for endpoint in $KAAS_ETCD_ENDPOINTS; do
    if answer=$(curl --silent --fail --max-time 5 --cacert $pki/etcd/ca.crt \
      --cert $pki/apiserver-etcd-client.crt --key $pki/apiserver-etcd-client.key \
      --data '{"key":"L3JlZ2lzdHJ5Lw==","range_end":"L3JlZ2lzdHJ5MA==","limit":1,"keys_only":true}' \
      "$endpoint/v3/kv/range"); then
      if [[ $answer == *'"kvs"'* ]]; then return 1; fi
      return 0
    fi
  done
  echo "no etcd member answers yet" >&2
  exit 1
}

# install_kube_vip KUBECONFIG: admin.conf has no rights before the end of the initialisation, super-admin.conf has
install_kube_vip() {
  local manifest=/etc/kaas/manifests/kube-vip.yaml
  if [ ! -f $manifest ]; then return; fi
  mkdir -p /etc/kubernetes/manifests
  sed "s|path: /etc/kubernetes/admin.conf|path: /etc/kubernetes/$1|" $manifest >/etc/kubernetes/manifests/kube-vip.yaml
}

initialise() {
  touch $state/initialising
  install_kube_vip super-admin.conf
  (umask 077 && cat /etc/kaas/kubeadm/cluster.yaml /etc/kaas/kubeadm/init.yaml >/run/kaas-init.yaml)
  kubeadm init --config /run/kaas-init.yaml --ignore-preflight-errors "$ignored" --skip-token-print
  install_kube_vip admin.conf
  rm -f /run/kaas-init.yaml
}

# A stacked member whose disk is empty cannot come back under its old identity: kubeadm adds it as a new one.
forget_lost_member() {
  local KAAS_ETCD_PEER_URL KAAS_ETCD_PEERS id
  if [ ! -f /etc/kaas/etcd.env ] || [ -d /var/lib/etcd/data/member ]; then return; fi
  . /etc/kaas/etcd.env
  kubeadm init phase certs etcd-healthcheck-client --config /etc/kaas/kubeadm/cluster.yaml
  id=$(/opt/kaas/bin/etcdctl --endpoints "$KAAS_ETCD_PEERS" member list --write-out simple |
    awk -F', ' -v url="$KAAS_ETCD_PEER_URL" '$4 == url && $2 == "started" { print $1 }')
  if [ -z "$id" ]; then return; fi
  echo "member $id has lost its data: taking it out"
  /opt/kaas/bin/etcdctl --endpoints "$KAAS_ETCD_PEERS" member remove "$id"
}

join() {
  if [ "$KAAS_ROLE" = controller ]; then
    install_kube_vip admin.conf
    forget_lost_member
  fi
  kubeadm join --config /etc/kaas/kubeadm/join.yaml --ignore-preflight-errors "$ignored"
}

if [ "$KAAS_ROLE" = worker ]; then
  if ! answers; then
    echo "https://$KAAS_API_HOST:$KAAS_API_PORT does not answer yet" >&2
    exit 1
  fi
  join
elif peer_answers; then
  join
elif [ "$KAAS_FIRST" != true ]; then
  echo "no controller answers yet" >&2
  exit 1
elif cluster_exists; then
  echo "the cluster exists and no other controller answers: waiting for one" >&2
  exit 1
elif [ -n "$KAAS_ETCD_ENDPOINTS" ] && [ ! -e $state/initialising ] && ! etcd_is_unused; then
  echo "etcd holds a cluster already and no other controller answers: waiting for one" >&2
  exit 1
else
  initialise
fi
# The token has done its work here.
rm -f /etc/kaas/kubeadm/init.yaml /etc/kaas/kubeadm/discovery.yaml
touch $state/joined
