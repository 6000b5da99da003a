#!/bin/bash
# Stands in for docker on a node of the tests, which has no container engine: of the options that the product's units and
# scripts pass, it does what docker does, and any other it refuses. The image is the node's /var/lib/image with programs
# alone; a container sees those, its volumes and its variables, and nothing else of the node. Its network is the node's.
set -euo pipefail
image=/var/lib/image
containers=/run/containers

die() {
  echo "docker: $*" >&2
  exit 125
}
# running NAME: its process
running() {
  local pid
  pid=$(cat "$containers/$1" 2>/dev/null) && kill -0 "$pid" 2>/dev/null && echo "$pid"
}

remove() {
  local pid
  if [ "$1" != --force ]; then die "rm $*"; fi
  pid=$(running "$2") || die "no such container: $2"
  kill -KILL "$pid"
}

run() {
  local name='' entrypoint='' line host inside mode root=/mnt
  local -a environment=() volumes=()
  while [[ ${1:-} == --* ]]; do
    case $1 in
      --rm)
        shift
        continue
        ;;
      --network) [ "$2" = host ] || die "network $2" ;;
      --log-driver) [ "$2" = journald ] || die "log driver $2" ;;
      --name) name=$2 ;;
      --entrypoint) entrypoint=$2 ;;
      --volume) volumes+=("$2") ;;
      --env) environment+=("$2") ;;
      --env-file)
        # As they stand, quotes included.
        while IFS= read -r line; do
          if [ -n "$line" ] && [[ $line != '#'* ]]; then environment+=("$line"); fi
        done <"$2"
        ;;
      *) die "unknown flag: $1" ;;
    esac
    shift 2
  done
  [[ ${1:-} == */*:* ]] || die "no image with a tag: '${1:-}'"
  shift
  if [ -n "$name" ]; then
    if running "$name" >/dev/null; then die "the name $name is in use"; fi
    mkdir -p "$containers"
    echo $$ >"$containers/$name"
  fi

  # This process is in a mount namespace of its own by now.
  mount -t tmpfs container "$root"
  for line in "${volumes[@]}"; do
    IFS=: read -r host inside mode <<<"$line"
    # Docker would make an empty folder, which hides that something is missing.
    [ -d "$host" ] || die "the volume $host is missing"
    mkdir -p "$root$inside"
    mount --rbind "$host" "$root$inside"
    [ "$mode" != ro ] || mount -o remount,bind,ro "$root$inside"
  done
  mkdir -p "$root/usr" "$root/proc" "$root/dev"
  mount --rbind "$image/usr" "$root/usr"
  mount --rbind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  exec env --ignore-environment "${environment[@]}" /usr/sbin/chroot "$root" "$entrypoint" "$@"
}

if [ "${1:-}" = --config ]; then shift 2; fi
command=${1:-}
shift || true
case $command in
  run)
    if [ -z "${KAAS_CONTAINER:-}" ]; then
      KAAS_CONTAINER=1 exec unshare --mount "$0" run "$@"
    fi
    run "$@"
    ;;
  rm) remove "$@" ;;
  *) die "unknown command: $command" ;;
esac
