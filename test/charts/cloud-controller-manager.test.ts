import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { CloudControllerManagerChart } from "../../charts/cloud-controller-manager/cloud-controller-manager-chart.js";
import { cloudControllerManagerSecrets } from "../../charts/cloud-controller-manager/cloud-controller-manager-secrets.js";
import { jobs } from "../../src/alerting/jobs.js";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { clusterFlows } from "../../src/openstack/flows.js";
import { eks, openStack } from "../support/bootstraps.js";
import { find, type Manifest } from "./workload-manifests.js";

type ManifestWithData = Manifest & { readonly data?: Readonly<Record<string, string>> };
const manifestsOf = (config: OpenStackClusterConfig) =>
  Testing.synth(
    new CloudControllerManagerChart(Testing.app(), "cloud-controller-manager", plannedCluster(config)),
  ) as ManifestWithData[];

describe("the cloud controller manager", () => {
  const manifests = manifestsOf(openStack());
  const daemonSet = find(manifests, "DaemonSet");
  const pod = daemonSet.spec.template.spec;
  const [container] = pod.containers;

  it("runs on controllers before nodes are ready, and so without the network and the names that need them", () => {
    expect(pod).toMatchObject({
      hostNetwork: true,
      dnsPolicy: "Default",
      nodeSelector: { "node-role.kubernetes.io/control-plane": "" },
      tolerations: [{ operator: "Exists" }],
      securityContext: { runAsNonRoot: true },
    });
  });

  it("is of the cluster's own minor version, which it may not be ahead of", () => {
    for (const [kubernetes, tag] of [
      ["1.36.3", "v1.36."],
      ["1.35.4", "v1.35."],
    ] as const) {
      const [first] = find(manifestsOf({ ...openStack(), kubernetes }), "DaemonSet").spec.template.spec.containers;
      expect(first?.image).toContain(`/openstack-cloud-controller-manager:${tag}`);
    }
  });

  it("is read by Prometheus under the job that its alerts name, on a port that the nodes' rules let through", () => {
    const flow = clusterFlows(openStack()).find(({ name }) => name === "cloud-controller-metrics");
    const [port] = flow?.ports ?? [];
    expect(container?.ports).toEqual([{ name: "https", containerPort: port }]);
    expect(container?.args).toContain(`--secure-port=${port}`);
    expect(find(manifests, "ServiceMonitor").metadata.labels).toMatchObject({
      "k8s-app": jobs.openStackCloudController,
    });
    expect(find(manifests, "NetworkPolicy").spec.egress).toMatchObject([{ ports: [{ port }] }]);
  });

  it("reads no Secret and gives nobody a token", () => {
    const rules = JSON.stringify(find(manifests, "ClusterRole").rules);
    expect(rules).toContain('"nodes"');
    expect(rules).not.toContain("secrets");
    expect(rules).not.toContain("serviceaccounts");
    expect(rules).not.toContain("*");
  });

  it("signs in by a Secret that stands in no manifest", () => {
    const secrets = cloudControllerManagerSecrets(plannedCluster(openStack()));
    expect(secrets.map(({ namespace, name }) => ({ namespace, name }))).toEqual([
      { namespace: daemonSet.metadata.namespace, name: "openstack-cloud-controller-manager-credentials" },
    ]);
    expect(JSON.stringify(pod["volumes"])).toContain(`"secretName":"${secrets[0]?.name}"`);
    expect(manifests.map(({ kind }) => kind)).not.toContain("Secret");
    expect(cloudControllerManagerSecrets(plannedCluster(eks()))).toEqual([]);
  });
});

describe("balancers", () => {
  const settings = (provider: object) => {
    const text = find(manifestsOf(openStack({ provider })), "ConfigMap") as ManifestWithData;
    return /\[LoadBalancer\]\n([^[]*)/
      .exec(text.data?.["cloud.conf"] ?? "")?.[1]
      ?.trim()
      .split("\n");
  };
  const { outputs } = plannedCluster(openStack());

  it("stand on the nodes' network, with addresses of the one outside, and leave the nodes' rules alone", () => {
    expect(settings({})).toEqual([
      "enabled = true",
      `floating-network-id = "${outputs.externalNetworkId}"`,
      `network-id = "${outputs.networkId}"`,
      `subnet-id = "${outputs.subnetId}"`,
      'lb-provider = "amphora"',
      'lb-method = "ROUND_ROBIN"',
      "create-monitor = true",
      "manage-security-groups = false",
    ]);
  });

  it("of OVN choose by address and port, which is all that they can", () => {
    const ovn = settings({ api: { topology: "octavia", provider: "ovn" } });
    expect(ovn).toContain('lb-provider = "ovn"');
    expect(ovn).toContain('lb-method = "SOURCE_IP_PORT"');
  });

  it("are none without Octavia", () => {
    expect(settings({ octavia: false })).toEqual(["enabled = false"]);
  });
});
