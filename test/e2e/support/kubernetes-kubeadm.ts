import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { kubernetesPrograms } from "./control-plane.js";
import { type NodeHost } from "./node-host.js";

const CALLS = "/var/log/kubeadm";
const OUTCOME = "/etc/kubeadm-outcome";
const KUBEADM = "/opt/bin/kubeadm";
const ITSELF = "/opt/kubernetes/bin/kubeadm";

const RECORDER = `#!/bin/bash
set -euo pipefail
if [ "$1" != init ] && [ "$1" != join ] || [ "$2" = phase ]; then exec ${ITSELF} "$@"; fi
mkdir -p ${CALLS} /etc/kubernetes/manifests
call=${CALLS}/$(find ${CALLS} -mindepth 1 -maxdepth 1 | wc -l)
mkdir "$call"
printf '%s\\n' "$@" >"$call/args"
cp "$3" "$call/config"
stat --format %a "$3" >"$call/mode"
cp -r /etc/kubernetes/manifests "$call/"
exit "$(cat ${OUTCOME})"
`;

/** What a node was told to do by `kubeadm init` or `kubeadm join`, and what it had at that moment. */
export interface KubeadmCall {
  readonly args: readonly string[];
  /** Contents of the file that `--config` names. */
  readonly config: string;
  /** Its permission bits, octal. */
  readonly configMode: string;
  /** Static pods that were there, by file name. */
  readonly manifests: Readonly<Record<string, string>>;
}

/** The programs of Kubernetes for a node whose kubeadm is recorded. */
export function recordedPrograms(): Readonly<Record<string, string>> {
  const { [KUBEADM]: kubeadm = "", ...others } = kubernetesPrograms();
  return { ...others, [ITSELF]: kubeadm };
}

/**
 * Something stands before kubeadm that writes `init` and `join` down instead of doing them: they need a kubelet and systemd,
 * which nodes of the tests have not. Every other subcommand is kubeadm's own.
 */
export function recordKubeadm(node: NodeHost): void {
  node.writeFile(KUBEADM, RECORDER, 0o755);
  endKubeadmWith(node, 0);
}

/** @param code with which `init` and `join` end from now on */
export function endKubeadmWith(node: NodeHost, code: number): void {
  node.writeFile(OUTCOME, `${code}\n`);
}

/** In their order. */
export function kubeadmCalls(node: NodeHost): readonly KubeadmCall[] {
  const folder = join(node.root, CALLS);
  const calls = existsSync(folder) ? readdirSync(folder).sort() : [];
  return calls.map((call) => {
    const read = (name: string) => readFileSync(join(folder, call, name), "utf8");
    const manifests = readdirSync(join(folder, call, "manifests"));
    return {
      args: read("args").trimEnd().split("\n"),
      config: read("config"),
      configMode: read("mode").trimEnd(),
      manifests: Object.fromEntries(manifests.map((name) => [name, read(`manifests/${name}`)])),
    };
  });
}
