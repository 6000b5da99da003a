import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { isOpenStack } from "../../../src/config/cluster-config.js";
import { SYSTEM_NAMESPACE } from "../../../src/config/managed-namespaces.js";
import { listEnvironments } from "../../../src/config/environments.js";
import { loadEnvironments } from "../../../src/config/load-environments.js";
import { projectRoot } from "../../support/project.js";
import { eventually } from "../support/eventually.js";
import { appliedObjects } from "./applied-objects.js";
import { checkAlertmanager, checkPrometheus } from "./generated-configuration.js";
import { monitorsOf, operatedResources } from "./monitors.js";
import { isTrue, isWell, reasonOf, title, withoutPlace, type ClusterState, type Pod } from "./cluster-state.js";
import { requestsByNode, requestsTable } from "./node-requests.js";
import { PlatformCluster } from "./platform-cluster.js";
import { quantity } from "./quantity.js";
import { lossOf } from "./quorum.js";

const { sound: environments } = loadEnvironments(listEnvironments(projectRoot));

describe.each(environments)("the platform of $name", ({ name, config }) => {
  let cluster: PlatformCluster;
  let state: ClusterState;
  beforeAll(async () => {
    cluster = await PlatformCluster.start(config);
    await cluster.applyDefinitions(config);
  });
  afterAll(() => cluster.stop());

  it("is accepted by server-side apply, file by file", async () => {
    await cluster.applyManifests(cluster.bootstrapper);
  });

  if (config.services.monitoring.enabled) {
    it("has its Prometheus and its Alertmanager taken up by the real operator, with all that they read", async () => {
      const operator = await cluster.startOperator();
      await eventually(async () => {
        await cluster.tend();
        const operated = await operatedResources(cluster.operator);
        expect(operated.map(({ metadata }) => metadata.name).sort()).toEqual(["customer", "k8s", "platform"]);
        for (const { kind, metadata, status } of operated)
          for (const type of ["Reconciled", "Available"])
            expect([kind, metadata.name, type, isTrue(status?.conditions, type)]).toEqual([
              kind,
              metadata.name,
              type,
              true,
            ]);
      }, 120);
      expect(Object.entries(await operator.rejected()).filter(([, count]) => count > 0)).toEqual([]);
      expect(await operator.selected()).toMatchObject({ PrometheusRule: 1 });
    });

    it("has a configuration of Prometheus that promtool accepts, and every monitor in it", async () => {
      const { scrape_configs: jobs, rule_files: rules } = await checkPrometheus(cluster.operator, cluster.api.desk, {
        namespace: SYSTEM_NAMESPACE,
        name: "k8s",
      });
      expect(rules).not.toHaveLength(0);
      const wanted = monitorsOf(cluster.files, config);
      expect(wanted.length).toBeGreaterThan(5);
      const read = jobs.map(({ job_name }) => job_name.split("/").slice(0, 3).join("/"));
      expect(wanted.filter((monitor) => !read.includes(monitor))).toEqual([]);
      await checkPrometheus(cluster.operator, cluster.api.desk, { namespace: SYSTEM_NAMESPACE, name: "customer" });
      await checkAlertmanager(cluster.operator, cluster.api.desk, { namespace: SYSTEM_NAMESPACE, name: "platform" });
    });
  }

  it("has every pod scheduled and running", async () => {
    state = await cluster.settle();
    process.stderr.write(requestsTable(name, requestsByNode(state)));
    expect(state.workloads.length).toBeGreaterThan(0);
    expect(state.pods.length).toBeGreaterThan(0);
  });

  it("is accepted a second time, by an operator, which changes nothing", async () => {
    const before = await appliedObjects(cluster.operator, cluster.files);
    await cluster.applyAgain(cluster.operator);
    expect(await appliedObjects(cluster.operator, cluster.files)).toEqual(before);
    expect(Object.keys(before).length).toBeGreaterThan(30);
  });

  if (isOpenStack(config)) {
    it("has workers of the default size", () => {
      const workers = state.nodes.filter(({ metadata }) => metadata.labels?.["kaas/pool"] === "default");
      const sizes = workers.map(({ status: { capacity } }) => [capacity["cpu"], quantity(capacity["memory"] ?? "")]);
      expect(sizes).toEqual(Array<unknown>(3).fill(["4", 8 * 1024 ** 3]));
    });

    it("loses a worker, and keeps what its disruption budgets promise", async () => {
      await cluster.loseWorker();
      await eventually(async () => {
        state = await cluster.tend();
        const out = withoutPlace(state);
        const beyond = out.map((pod) => lossOf(state, pod)).filter((loss) => loss !== undefined);
        const unwell = state.pods.filter((pod) => !isWell(pod) && !out.includes(pod) && !isOn(pod, cluster.weakWorker));
        const broken = state.budgets.filter(({ status }) => status.currentHealthy < status.desiredHealthy);
        expect([...beyond, ...unwell.map(title), ...broken.map(title)]).toEqual([]);
      }, 120);
      expect(state.budgets.length).toBeGreaterThan(0);
      process.stderr.write(requestsTable(`${name}, without ${cluster.weakWorker}`, requestsByNode(state)));
      const left = withoutPlace(state).map((pod) => `    ${title(pod)}: ${reasonOf(pod)}\n`);
      process.stderr.write(`    left without a node: ${left.length}\n${left.join("")}`);
    });
  }
});

/** Only what runs on every node, dead or alive. */
function isOn({ spec, metadata }: Pod, node: string): boolean {
  return spec.nodeName === node && metadata.ownerReferences?.some(({ kind }) => kind === "DaemonSet") === true;
}
