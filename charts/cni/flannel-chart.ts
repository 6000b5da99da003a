import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { NODE_AGENTS_NAMESPACE } from "../../src/config/managed-namespaces.js";
import type { ContainerProps } from "../shared/container.js";
import { everyTaint } from "../shared/workload-kind.js";
import { Workload } from "../shared/workload.js";
import { Flannel, flannelDeviations, flannelRules } from "./flannel.js";
import { pluginConfiguration, pluginFiles } from "./node-files.js";
import { pluginList, portMapping } from "./plugin-list.js";

export interface FlannelChartProps {
  readonly config: OpenStackClusterConfig;
}

const PLUGIN_LIST = "cni-conf.json";
const resources: ContainerProps["resources"] = {
  cpu: { request: "10m", limit: "200m" },
  memory: { request: "16Mi", limit: "64Mi" },
};

/** The pods' network by Flannel alone, which enforces no network policies: for development. */
export class FlannelChart extends Chart {
  constructor(scope: Construct, id: string, { config }: FlannelChartProps) {
    super(scope, id);
    const flannel = new Flannel(this, "flannel", { config, files: { [PLUGIN_LIST]: flannelPlugins() } });
    new Workload(this, "agent", {
      config,
      namespace: NODE_AGENTS_NAMESPACE,
      name: "kube-flannel",
      kind: { type: "DaemonSet" },
      priority: "system-node-critical",
      placement: { tolerations: everyTaint },
      nameServers: "node",
      initContainers: [
        {
          name: "install-cni-plugin",
          image: imageOf("flannel-cni-plugin", config),
          command: ["cp"],
          args: ["-f", "/flannel", "/opt/cni/bin/flannel"],
          resources,
          mounts: [{ volume: pluginFiles, path: "/opt/cni/bin", writable: true }],
        },
        {
          name: "install-cni",
          image: imageOf("flannel", config),
          command: ["/opt/bin/install-conf"],
          args: [`/etc/kube-flannel/${PLUGIN_LIST}`, "/etc/cni/net.d/10-flannel.conflist"],
          resources,
          mounts: [
            { volume: pluginConfiguration, path: "/etc/cni/net.d", writable: true },
            { volume: flannel.configuration, path: "/etc/kube-flannel" },
          ],
        },
      ],
      containers: [flannel.container],
      rights: { cluster: flannelRules },
      deviations: {
        ...flannelDeviations,
        "non-root": "The node's routes, its packet filter and the folders of its plugins are root's.",
        "no-host-network": "It makes the network that pods have, and works before there is any.",
        "no-host-paths": "The container runtime finds the plugin and its settings in folders of the node.",
      },
    });
  }
}

/** The bridge that it delegates to is one of the plugins that come with the kubelet. */
function flannelPlugins(): string {
  return pluginList("cbr0", [
    { type: "flannel", delegate: { hairpinMode: true, isDefaultGateway: true } },
    portMapping,
  ]);
}
