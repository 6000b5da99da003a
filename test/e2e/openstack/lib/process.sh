# shellcheck shell=bash
# Processes: start them detached, know which are ours, wait for them with a limit.

say() { printf '%s %s\n' "$(date +%T)" "$*"; }

# die MESSAGE [LOG]: end loudly, with the end of the log that tells why
die() {
  say "FAILED: $1" >&2
  if [ -n "${2:-}" ] && [ -e "$L/$2.log" ]; then
    printf -- '---- the last lines of %s\n' "$L/$2.log" >&2
    tail -n 40 "$L/$2.log" >&2
  fi
  exit 1
}

# A pid counts as ours only while its start time is the one noted when we started it. Zombies,
# which nothing reaps on a machine without an init, count as dead. No forks: it is asked often.
born() {
  local stat
  local -a field
  BORN=
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
  read -ra field <<<"${stat##*) }"
  [ "${field[0]}" = Z ] || BORN=${field[19]}
}
alive() {
  local pid start
  [ -s "$RUN/$1.pid" ] || return 1
  read -r pid start <"$RUN/$1.pid" || return 1
  born "$pid"
  [ -n "$start" ] && [ "$BORN" = "$start" ]
}
# names of what was started, dead or alive
started() {
  local f
  for f in "$RUN"/*.pid; do
    [ ! -e "$f" ] || { f=${f##*/} && echo "${f%.pid}"; }
  done
}

# spawn NAME COMMAND...: start as the leader of its own group, unless it runs; log to NAME.log
spawn() {
  local name=$1
  shift
  alive "$name" && return 0
  setsid nohup "$@" >>"$L/$name.log" 2>&1 </dev/null &
  born $!
  echo "$! $BORN" >"$RUN/$name.pid"
}

# spawn_python NAME MODULE ARGUMENT...: MODULE.main() under Debian's interpreter
spawn_python() {
  local name=$1 module=$2
  shift 2
  spawn "$name" /usr/bin/python3 -c "import sys; sys.argv[0]='$name'; from $module import main; sys.exit(main())" "$@"
}

# spawn_wsgi NAME PROCESSES PORT FILE OPTION... [--pyargv ARGUMENTS]: processes of one thread each,
# because Keystone with threads now and then refuses an application credential ("unassigned role")
spawn_wsgi() {
  local name=$1 processes=$2 port=$3 file=$4
  shift 4
  spawn "$name" /usr/bin/uwsgi --plugin python3 --http-socket "$IP:$port" --wsgi-file "$file" \
    --master --processes "$processes" --threads 1 --enable-threads --lazy-apps --die-on-term --need-app \
    --buffer-size 65535 --listen 100 --disable-logging --add-header "Connection: close" "$@"
}

# wait_for SECONDS NAME COMMAND...: until COMMAND succeeds; any process that died ends the wait
wait_for() {
  local name=$2 deadline=$((SECONDS + $1)) other
  shift 2
  until "$@" >/dev/null 2>&1; do
    for other in $(started); do alive "$other" || die "$other ended" "$other"; done
    [ $SECONDS -lt $deadline ] || die "$name is not up in time ($*)" "$name"
    sleep 0.3
  done
}
http_answers() { curl -s -o /dev/null --noproxy '*' -m 5 "http://$IP:$1${2:-/}"; }

# once MARK COMMAND...: only the first time
once() {
  local mark=$1
  shift
  [ ! -e "$S/done/$mark" ] || return 0
  say "  first time: $mark"
  "$@"
  touch "$S/done/$mark"
}

# in_parallel LIMIT FUNCTION...: each logs to FUNCTION.log and must succeed
in_parallel() {
  local limit=$1 f i=0 busy
  local -a pids=() names=()
  shift
  for f in "$@"; do
    while
      busy=0
      for i in "${pids[@]}"; do if kill -0 "$i" 2>/dev/null; then busy=$((busy + 1)); fi; done
      [ $busy -ge "$limit" ]
    do sleep 0.1; done
    (set -e; "$f") >>"$L/$f.log" 2>&1 &
    pids+=($!) names+=("$f")
  done
  for i in "${!pids[@]}"; do
    wait "${pids[$i]}" || die "${names[$i]}" "${names[$i]}"
  done
}
