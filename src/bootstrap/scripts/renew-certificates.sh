#!/bin/bash
# Renews the certificates that kubeadm made on this controller, and starts what uses them again, one after the other.
set -euo pipefail
manifests=/etc/kubernetes/manifests
# By the node's own document: kubeadm would ask the API server, and take its defaults for the cluster's settings when that
# does not answer. The version is the program's, whichever it was when the node was made.
config=/run/kaas-renewal.yaml
version=$(kubeadm version --output short)
sed "s/^kubernetesVersion: .*/kubernetesVersion: $version/" /etc/kaas/kubeadm/cluster.yaml >$config
kubeadm certs renew all --config $config

held=$(mktemp --directory /etc/kubernetes/renewal.XXXXXX)
# Whatever happens, no manifest stays away.
trap 'find "$held" -name "*.yaml" -exec mv {} $manifests/ \; ; rmdir "$held"' EXIT
for component in etcd kube-apiserver kube-controller-manager kube-scheduler; do
  if [ ! -f "$manifests/$component.yaml" ]; then continue; fi
  mv "$manifests/$component.yaml" "$held/"
  # The kubelet looks every 20 seconds.
  sleep "${KAAS_RESTART_SECONDS:-40}"
  mv "$held/$component.yaml" "$manifests/"
  sleep "${KAAS_RESTART_SECONDS:-40}"
done
