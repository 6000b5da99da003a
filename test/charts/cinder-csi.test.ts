import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { CinderCsiChart } from "../../charts/cinder-csi/cinder-csi-chart.js";
import { cinderCsiSecrets } from "../../charts/cinder-csi/cinder-csi-secrets.js";
import { jobs } from "../../src/alerting/jobs.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { openStack } from "../support/bootstraps.js";
import { find, type Manifest } from "./workload-manifests.js";

interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  readonly mountPropagation?: string;
}
interface Volume {
  readonly name: string;
  readonly hostPath?: { readonly path: string };
  readonly secret?: unknown;
}
interface Probe {
  readonly httpGet: { readonly port: string; readonly host?: string };
}
interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly ports: readonly { readonly containerPort: number }[];
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly volumeMounts: readonly Mount[];
}

const cluster = plannedCluster(openStack());
const manifests = Testing.synth(new CinderCsiChart(Testing.app(), "cinder-csi", cluster)) as Manifest[];
const controller = find(manifests, "Deployment");
const node = find(manifests, "DaemonSet");
const containersOf = ({ spec }: Manifest) => spec.template.spec.containers as unknown as readonly Container[];
const volumesOf = ({ spec }: Manifest) => spec.template.spec["volumes"] as readonly Volume[];
const container = (manifest: Manifest, name: string) => {
  const found = containersOf(manifest).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
const valueOf = (args: readonly string[], flag: string) =>
  args.find((arg) => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3);

describe.each([
  ["makes volumes", controller],
  ["mounts volumes", node],
])("the part of the Cinder driver that %s", (_title, workload) => {
  it("is spoken to by a socket that all its containers share", () => {
    const { args } = container(workload, "cinder-csi-plugin");
    const socket = valueOf(args, "endpoint")?.replace("unix://", "");
    for (const { name, args: itsArgs, volumeMounts } of containersOf(workload)) {
      if (name !== "cinder-csi-plugin") expect(valueOf(itsArgs, "csi-address")).toBe(socket);
      const [mount] = volumeMounts.filter(({ mountPath }) => socket === `${mountPath}/csi.sock`);
      expect(mount).toMatchObject({ name: "socket", readOnly: false });
    }
  });

  it("is probed wherever it can be, each container by a port of its own", () => {
    const probed = containersOf(workload).filter(({ name }) => name !== "liveness-probe");
    for (const { readinessProbe, livenessProbe } of probed) {
      expect(readinessProbe?.httpGet.port).toBeDefined();
      expect(livenessProbe?.httpGet.port).toBe(readinessProbe?.httpGet.port);
    }
    const ports = containersOf(workload).flatMap((each) => each.ports.map(({ containerPort }) => containerPort));
    expect(new Set(ports).size).toBe(ports.length);
  });
});

describe("the part of the Cinder driver that makes volumes", () => {
  const plugin = container(controller, "cinder-csi-plugin");

  it("needs nothing of its node, and so stands among the restricted", () => {
    expect(controller.metadata.namespace).toBe("rackspace-system");
    expect(controller.spec.template.spec).toMatchObject({ securityContext: { runAsNonRoot: true } });
    expect(controller.spec.template.spec).not.toHaveProperty("hostNetwork");
    expect(volumesOf(controller).filter(({ hostPath }) => hostPath !== undefined)).toEqual([]);
    for (const { securityContext } of containersOf(controller)) {
      expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } });
    }
  });

  it("does all that Kubernetes asks of storage, one pod of two at a time", () => {
    expect(controller.spec.replicas).toBe(2);
    for (const name of ["csi-attacher", "csi-provisioner", "csi-snapshotter", "csi-resizer"]) {
      expect(container(controller, name).args).toContain("--leader-election=true");
    }
    expect(container(controller, "csi-provisioner").args).toContain("--feature-gates=Topology=true");
    expect(plugin.args).toContain("--provide-node-service=false");
  });

  it("marks volumes with the cluster's name", () => {
    expect(valueOf(plugin.args, "cluster")).toBe("demo");
  });

  it("reaches the API server and the cloud, and Prometheus reaches it by the job that alerts name", () => {
    const policies = manifests.filter(({ kind }) => kind === "NetworkPolicy").map(({ metadata }) => metadata.name);
    expect(policies).toEqual([
      "cinder-csi-to-api-server",
      "cinder-csi-to-cloud",
      "prometheus-k8s-to-cinder-csi",
      "cinder-csi-from-prometheus-k8s",
    ]);
    expect(find(manifests, "ServiceMonitor").metadata.labels).toMatchObject({ "k8s-app": jobs.cinderCsi });
    expect(valueOf(plugin.args, "http-endpoint")).toBe(`:${find(manifests, "Service").spec.ports?.[0]?.port}`);
  });

  it("signs in by a Secret that stands in no manifest", () => {
    expect(cinderCsiSecrets(cluster)).toMatchObject([
      { namespace: "rackspace-system", name: "cinder-csi-credentials" },
    ]);
    expect(volumesOf(controller).flatMap(({ secret }) => secret ?? [])).toMatchObject([
      { secretName: "cinder-csi-credentials" },
    ]);
  });
});

describe("the part of the Cinder driver that mounts volumes", () => {
  const pod = node.spec.template.spec;

  it("has no credential, neither of the cloud nor of Kubernetes", () => {
    expect(volumesOf(node).filter(({ secret }) => secret !== undefined)).toEqual([]);
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(container(node, "cinder-csi-plugin").args).toContain("--provide-controller-service=false");
  });

  it("asks the metadata service from its node's network, for pods are kept from it", () => {
    expect(pod["hostNetwork"]).toBe(true);
    const files = find(manifests, "ConfigMap", "cinder-csi-node") as Manifest & { data: Record<string, string> };
    expect(files.data["cloud.conf"]).toBe('[Metadata]\nsearch-order = "metadataService,configDrive"\n');
  });

  it("answers the kubelet alone at the node's address", () => {
    const probed = containersOf(node).flatMap(({ readinessProbe, livenessProbe }) =>
      [readinessProbe, livenessProbe].flatMap((probe) => probe ?? []),
    );
    expect(probed.map(({ httpGet }) => httpGet.host)).toEqual(Array(4).fill("127.0.0.1"));
    expect(containersOf(node).flatMap(({ args }) => valueOf(args, "http-endpoint") ?? [])).toEqual([
      "127.0.0.1:9809",
      "127.0.0.1:9808",
    ]);
    expect(container(node, "cinder-csi-plugin").ports).toEqual([{ name: "healthz", containerPort: 9808 }]);
  });

  it("is on every node, and alone of its containers privileged", () => {
    expect(pod["tolerations"]).toEqual([{ operator: "Exists" }]);
    const privileged = containersOf(node).filter(({ securityContext }) => securityContext["privileged"] === true);
    expect(privileged.map(({ name }) => name)).toEqual(["cinder-csi-plugin"]);
    expect(privileged[0]?.volumeMounts).toContainEqual({
      name: "kubelet",
      mountPath: "/var/lib/kubelet",
      readOnly: false,
      mountPropagation: "Bidirectional",
    });
  });

  it("tells the kubelet where its socket is on the node, below the driver's name", () => {
    const folder = volumesOf(node).find(({ name }) => name === "socket")?.hostPath?.path;
    expect(folder).toBe(`/var/lib/kubelet/plugins/${find(manifests, "CSIDriver").metadata.name}`);
    expect(valueOf(container(node, "node-driver-registrar").args, "kubelet-registration-path")).toBe(
      `${folder}/csi.sock`,
    );
  });
});
