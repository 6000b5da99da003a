import { join } from "node:path";
import { eventually } from "./eventually.js";
import { IMAGE_PROGRAMS, StaticPod } from "./kubernetes-static-pod.js";
import { type NodeHost } from "./node-host.js";
import { type NodeProcess } from "./node-process.js";

function built(variable: string, program: string): string {
  const folder = process.env[variable];
  if (folder === undefined) throw new Error(`${variable} is not set: source the env.sh that test/e2e/setup.sh wrote`);
  return join(folder, program);
}

/** The programs of Kubernetes on a node: of its extension, and of the images of its static pods. */
export function kubernetesPrograms(): Readonly<Record<string, string>> {
  return {
    "/opt/bin/kubeadm": built("KAAS_KUBERNETES_BIN", "kubeadm"),
    "/opt/bin/kubectl": built("KAAS_KUBERNETES_BIN", "kubectl"),
    [`${IMAGE_PROGRAMS}/kube-apiserver`]: built("KAAS_KUBERNETES_BIN", "kube-apiserver"),
  };
}

/** etcd as a static pod of a controller, and its tools as our own jobs call them. */
export function stackedEtcdPrograms(): Readonly<Record<string, string>> {
  return {
    "/usr/bin/docker": join(import.meta.dirname, "etcd-container-engine.sh"),
    "/var/lib/image/usr/local/bin/etcdctl": built("KAAS_ETCD_BIN", "etcdctl"),
    [`${IMAGE_PROGRAMS}/etcd`]: built("KAAS_ETCD_BIN", "etcd"),
  };
}

/** What {@link initPhases} gives kubeadm: the documents of the first controller, as its unit puts them together. */
export const INIT_FILE = "/run/kaas-e2e-init.yaml";

/** Runs phases of `kubeadm init` on the first controller. */
export async function initPhases(node: NodeHost, ...phases: readonly string[]): Promise<void> {
  await node.run("bash", ["-euc", `cat /etc/kaas/kubeadm/{cluster,init}.yaml >${INIT_FILE}`]);
  for (const phase of phases) await node.run("kubeadm", ["init", "phase", ...phase.split(" "), "--config", INIT_FILE]);
}

/** Tells a node a name, as the cluster's zone would. */
export function tellName(node: NodeHost, name: string, address: string): void {
  node.writeFile("/etc/hosts", `${node.readFile("/etc/hosts")}${address} ${name}\n`);
}

/** Starts the API server of a node's static pod, as its kubelet would. Resolves when it is ready. */
export async function startApiServer(node: NodeHost): Promise<NodeProcess> {
  const pod = new StaticPod(node, "kube-apiserver");
  const server = pod.start();
  const ready = ["--silent", "--fail", "--cacert", "/etc/kaas/ca.crt", `https://${node.address}:6443/readyz`];
  await eventually(async () => {
    if (server.isRunning) await node.run("curl", ready);
  }, 120);
  if (!server.isRunning) throw new Error(`${node.name}: no API server:\n${node.readFile(pod.logFile).slice(-6000)}`);
  return server;
}

/** What `kubeadm init` does on the first controller, but for what a kubelet does: it starts static pods, and makes a Node. */
export async function initialise(node: NodeHost): Promise<NodeProcess> {
  await initPhases(node, "certs all", "kubeconfig all", "control-plane all");
  const server = await startApiServer(node);
  await initPhases(node, "upload-config all", "bootstrap-token", "addon all");
  return server;
}
