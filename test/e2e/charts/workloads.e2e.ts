import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { openStack } from "../../support/bootstraps.js";
import { synthesize } from "./manifests.js";
import { expectAcceptance, type Manifest, type Person } from "./person.js";
import { PolicedCluster } from "./policed-cluster.js";

const config = openStack({
  cluster: { domain: "example.com", profile: "development" },
  etcd: { count: 1 },
  controlPlane: { count: 1 },
});

interface Workload extends Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly template: { readonly metadata: object; readonly spec: object } };
}

const objects = synthesize(config, /-metrics-server\.k8s\.yaml$/).flatMap((text) =>
  parseAllDocuments(text).map((document) => document.toJS() as Workload),
);
/** An API that nobody serves here would keep the API server, and kubectl, looking for it. */
const isApi = ({ kind }: Workload) => kind === "APIService";

describe("the platform's workloads", () => {
  let cluster: PolicedCluster;
  let operator: Person;
  beforeAll(async () => {
    cluster = await PolicedCluster.start(config);
    await cluster.apply(cluster.person("kaas-admin", "kubeadm:cluster-admins"));
    operator = cluster.person("olga", "rackspace:operators");
  });
  afterAll(() => cluster.stop());

  it("are accepted by server-side apply, and a second time, which changes nothing", async () => {
    const manifests = objects.filter((object) => !isApi(object)).map((object) => JSON.stringify(object));
    expect(manifests.length).toBeGreaterThan(10);
    expect(await cluster.apply(operator, manifests)).toEqual(await cluster.apply(operator, manifests));
  });

  it("bring APIs that are sound", async () => {
    expect(objects.filter(isApi)).toHaveLength(1);
    for (const api of objects.filter(isApi)) expectAcceptance(await operator.tryCreate(api));
  });

  it("have pods that Pod Security accepts, and the policies", async () => {
    const controller = cluster.controllerOf("replicaset-controller");
    const deployments = objects.filter(({ kind }) => kind === "Deployment");
    expect(deployments).not.toHaveLength(0);
    for (const { metadata, spec } of deployments) {
      const { name, namespace } = metadata;
      const pod = { ...spec.template, apiVersion: "v1", kind: "Pod" };
      expectAcceptance(
        await controller.tryCreate({ ...pod, metadata: { ...spec.template.metadata, name: `${name}-0`, namespace } }),
      );
    }
  });
});
