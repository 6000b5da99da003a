#!/bin/bash
# shellcheck source-path=SCRIPTDIR
# Stop what up.sh started: recorded pids, checked by their start time, with the process groups they
# lead. With --wipe also forget all state.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
. ./settings.sh
. ./lib/process.sh

# signal SIGNAL NAME...
signal() {
  local signal=$1 name pid _
  shift
  for name in "$@"; do
    if alive "$name"; then
      read -r pid _ <"$RUN/$name.pid"
      kill -"$signal" -- "-$pid" 2>/dev/null || true
    fi
  done
}
# gone SECONDS NAME...: within the time
gone() {
  local deadline=$((SECONDS + $1)) name left
  shift
  while :; do
    left=
    for name in "$@"; do if alive "$name"; then left=1; fi; done
    [ -n "$left" ] || return 0
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.1
  done
}
# stop SECONDS NAME...
stop() {
  signal TERM "${@:2}"
  gone "$@" || signal KILL "${@:2}"
  gone 5 "${@:2}"
}

mapfile -t services < <(started | grep -vxE 'rabbit|memcached|mariadb|epmd' || true)
stop 8 "${services[@]}"
stop 20 rabbit memcached mariadb
stop 3 epmd
rm -f "$RUN"/*.pid
if [ "${1:-}" = --wipe ]; then rm -rf "$S" "$C" "$L" "$RUN" "${R:?}/lib" "$R/ca.pem" "$R/clouds.yaml"; fi
