import { join } from "node:path";
import { eventually } from "./eventually.js";
import { IMAGE_PROGRAMS, StaticPod } from "./kubernetes-static-pod.js";
import { type NodeHost } from "./node-host.js";
import { type NodeProcess } from "./node-process.js";

/** A program that setup.sh has built. @param variable of env.sh: the program's folder */
export function built(variable: string, program: string): string {
  const folder = process.env[variable];
  if (folder === undefined) throw new Error(`${variable} is not set: source the env.sh that test/e2e/setup.sh wrote`);
  return join(folder, program);
}

/** The programs of Kubernetes on a node: of its extension, and of the images of its static pods. */
export function kubernetesPrograms(): Readonly<Record<string, string>> {
  const images = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"].map(
    (program) => [`${IMAGE_PROGRAMS}/${program}`, built("KAAS_KUBERNETES_BIN", program)] as const,
  );
  return {
    "/opt/bin/kubeadm": built("KAAS_KUBERNETES_BIN", "kubeadm"),
    "/opt/bin/kubectl": built("KAAS_KUBERNETES_BIN", "kubectl"),
    ...Object.fromEntries(images),
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

/**
 * Starts the API server of a node's static pod, as its kubelet would. Resolves when it is ready.
 *
 * @param flags behind those that kubeadm has rendered. Default: none
 */
export async function startApiServer(node: NodeHost, flags: readonly string[] = []): Promise<NodeProcess> {
  const health = ["--cacert", "/etc/kaas/ca.crt", `https://${node.address}:6443/readyz`];
  return startStaticPod(node, "kube-apiserver", health, flags);
}

/**
 * Starts the controller manager and the scheduler of a node's static pods, as its kubelet would.
 *
 * @param flags of the controller manager, behind those that kubeadm has rendered
 */
export async function startControllers(node: NodeHost, flags: readonly string[] = []): Promise<void> {
  // They make themselves certificates that nobody has signed.
  await startStaticPod(node, "kube-controller-manager", ["--insecure", "https://127.0.0.1:10257/healthz"], flags);
  await startStaticPod(node, "kube-scheduler", ["--insecure", "https://127.0.0.1:10259/healthz"]);
}

/** @param health arguments of a curl that succeeds when the program serves */
async function startStaticPod(
  node: NodeHost,
  name: string,
  health: readonly string[],
  flags: readonly string[] = [],
): Promise<NodeProcess> {
  const pod = new StaticPod(node, name);
  const server = pod.start(flags);
  await eventually(async () => {
    if (server.isRunning) await node.run("curl", ["--silent", "--fail", ...health]);
  }, 120);
  if (!server.isRunning) throw new Error(`${node.name}: no ${name}:\n${node.readFile(pod.logFile).slice(-6000)}`);
  return server;
}

/**
 * What `kubeadm init` does on the first controller, but for what a kubelet does: it starts static pods, and makes a Node.
 *
 * @param flags of the API server, behind those that kubeadm has rendered. Default: none
 */
export async function initialise(node: NodeHost, flags: readonly string[] = []): Promise<NodeProcess> {
  await initPhases(node, "certs all", "kubeconfig all", "control-plane all");
  const server = await startApiServer(node, flags);
  // A phase that is asked for by itself does not heed that CoreDNS is disabled, as `kubeadm init` does.
  await initPhases(node, "upload-config all", "bootstrap-token", "addon kube-proxy");
  return server;
}
