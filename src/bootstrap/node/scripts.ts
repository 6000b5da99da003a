import { readFileSync } from "node:fs";
import { fileMode, type NewFile } from "../ignition/builder.js";

/** Programs of ours on the nodes, as they stand in scripts/. */
export type ScriptName =
  | "etcd-defragment"
  | "etcd-membership"
  | "etcd-snapshot"
  | "etcd-volume"
  | "etcdctl"
  | "join-cluster"
  | "renew-certificates";

const FOLDER = "/opt/kaas/bin";

export function scriptPath(name: string): string {
  return `${FOLDER}/${name}`;
}

const texts = new Map<ScriptName, string>();

/** The script as a file of the node. */
export function scriptFile(name: ScriptName): NewFile {
  let text = texts.get(name);
  if (text === undefined) {
    text = readFileSync(new URL(`../scripts/${name}.sh`, import.meta.url), "utf8");
    texts.set(name, text);
  }
  return { path: scriptPath(name), mode: fileMode.executable, text };
}
