import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type NodeHost } from "./node-host.js";

/** What a node was told to do by `kubeadm init` or `kubeadm join`, and what it had at that moment. */
export interface KubeadmCall {
  readonly args: readonly string[];
  /** Contents of its configuration. */
  readonly config: string;
  /** Permission bits of its configuration. */
  readonly configMode: string;
  /** Static pods that were there, by file name. */
  readonly manifests: Readonly<Record<string, string>>;
}

const CALLS = "/var/log/kubeadm";
const OUTCOME = "/etc/kubeadm-outcome";

/**
 * Takes the place of kubeadm on a node, for `init` and `join` alone: they need a kubelet and systemd, which nodes of the
 * tests have not. It writes them down; every other subcommand is kubeadm's own.
 */
const RECORDER = `#!/bin/bash
set -euo pipefail
case $1 in
  init | join) if [ "$2" = phase ]; then exec /opt/kubernetes/bin/kubeadm "$@"; fi ;;
  *) exec /opt/kubernetes/bin/kubeadm "$@" ;;
esac
call=${CALLS}/$(find ${CALLS} -mindepth 1 -maxdepth 1 | wc -l)
mkdir -p "$call/manifests" /etc/kubernetes/manifests
printf '%s\\n' "$@" >"$call/args"
cp "$3" "$call/config"
stat --format %a "$3" >"$call/mode"
cp -r /etc/kubernetes/manifests "$call/"
exit "$(cat ${OUTCOME})"
`;
