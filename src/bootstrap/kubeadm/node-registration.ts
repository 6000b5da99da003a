import type { Taint } from "../../config/cluster-config.js";
import { labelsFlag, nodeTaint } from "../node/kubelet.js";
import { paths } from "../paths.js";
import { extraArgs } from "./documents.js";

export interface NodeRegistrationProps {
  /** Labels of the node. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of the node. @default - kubeadm's: controllers are kept free of the users' pods, workers have none */
  readonly taints?: readonly Taint[];
}

/** How a node registers. Its name is its host name, by which the cloud knows the server too. */
export function nodeRegistration({ labels = {}, taints }: NodeRegistrationProps) {
  return {
    criSocket: "unix:///run/containerd/containerd.sock",
    imagePullPolicy: "IfNotPresent",
    kubeletExtraArgs: extraArgs({
      "cloud-provider": "external",
      ...(Object.keys(labels).length > 0 && { "node-labels": labelsFlag(labels) }),
    }),
    ...(taints !== undefined && { taints: taints.map(nodeTaint) }),
  };
}

/** Where kubeadm finds what differs from node to node. */
export const nodePatches = { directory: paths.patches };
