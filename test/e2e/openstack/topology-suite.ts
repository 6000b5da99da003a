import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { allNodes, etcdMembers } from "../../../src/config/cluster-config.js";
import { clusterFlows } from "../../../src/openstack/flows.js";
import { admits, declares, rulesOf, toIngressRule, type IngressRule, type Packet } from "../../support/packets.js";
import { packetsOf } from "../../support/packet-samples.js";
import type { SynthesizedJson } from "../../support/synthesized.js";
import { ClusterProject } from "../support/cluster-project.js";
import { OpenStackLab } from "../support/openstack-lab.js";
import { changesOf, type StateResource } from "../support/terraform.js";
import { decodeUserData } from "../support/ignition.js";
import { validateIgnition } from "../support/ignition-validate.js";
import { holds, secretTexts } from "../../support/secret-texts.js";
import { expectedDocuments, fileOf, meaningOf } from "./stored-user-data.js";

export interface TopologySuite {
  /** Name of the demo environment. */
  readonly environment: string;
  /** What the lab needs other than the committed environment. */
  readonly prepare?: (document: Record<string, unknown>) => void;
  /** Resources other than its own that taking out controller 1 may touch, with what happens to them. */
  readonly controllerNeighbours: Readonly<Record<string, string>>;
}

interface Pool {
  name?: string;
  count?: number;
  ordinals?: number[];
}

const workerPools = (document: Record<string, unknown>) => document["workers"] as Pool[];

/** The default pool with the nodes of these numbers. */
function setWorkers(document: Record<string, unknown>, ordinals: number[]): void {
  const [pool] = workerPools(document);
  if (pool === undefined) throw new Error("no pool");
  delete pool.count;
  pool.ordinals = ordinals;
  // Two workers cannot carry three Elasticsearch nodes: validate says so.
  document["services"] = { logging: { replicas: 1 } };
}

/** One demo environment from nothing to nothing, on a real OpenStack. */
export function describeTopology(suite: TopologySuite): void {
  const lab = new OpenStackLab();
  const project = new ClusterProject(suite.environment, lab, suite.prepare && { prepare: suite.prepare });
  const { cluster, tenancy } = project;

  describe(suite.environment, () => {
    beforeAll(async () => {
      await project.preconfigure();
      await project.synth();
      await tenancy.init();
      await cluster.init();
    });
    afterAll(() => project.discard());

    it("a cloud admin makes the tenancy, and a second plan changes nothing", async () => {
      await tenancy.apply();
      expect(changesOf(await tenancy.plan())).toEqual({});
    });

    it("the planned security group rules admit the declared flows and nothing else", () => {
      expectDeclaredFlowsOnly(project, rulesOf(cluster.json() as SynthesizedJson));
    });

    it("the service account makes the cluster, and a second plan changes nothing", async () => {
      await cluster.apply();
      const plan = await cluster.plan();
      expect(changesOf(plan)).toEqual({});
      expect(Object.values(plan.output_changes ?? {}).filter(({ actions }) => actions.join() !== "no-op")).toEqual([]);
    });

    it("Nova holds for every server what Ignition is to read, with the node's own secrets in place", async () => {
      const { config, secretVariables } = project;
      const [stored, state] = [await lab.userData(project.name), await cluster.state()];
      expect(Object.keys(stored).sort()).toEqual(
        allNodes(config)
          .map(({ serverName }) => serverName)
          .sort(),
      );
      for (const node of allNodes(config)) {
        const documents = decodeUserData(stored[node.serverName] ?? "");
        for (const document of documents) await validateIgnition(document);
        expect(meaningOf(documents)).toEqual(meaningOf(expectedDocuments(config, node, secretVariables, state)));
        if (etcdMembers(config).includes(node)) {
          expect(fileOf(documents, "/etc/kaas/object-store.env")).toMatch(/OS_AUTH_URL='https?:.*\n.*URL='https?:/s);
        }
      }
    });

    it("no secret stands in what was synthesized, nor in Terraform's state of the servers", async () => {
      const state = JSON.stringify((await cluster.state()).filter(({ type }) => type.includes("instance")));
      const secrets = secretTexts(project.secretVariables);
      expect(secrets.length).toBeGreaterThanOrEqual(8);
      for (const text of [project.synthesized, state])
        expect(secrets.filter((secret) => holds(text, secret))).toEqual([]);
    });

    it("every resource that can bears the cluster's name and its tags", async () => {
      for (const { address, values } of (await cluster.state()).filter(({ mode }) => mode === "managed")) {
        if (typeof values["name"] === "string" && !address.includes("dns_")) {
          expect([address, values["name"]]).toEqual([address, expect.stringMatching(new RegExp(`^${project.name}-`))]);
        }
        for (const list of ["tags", "metadata"] as const) {
          if (values[list] === undefined || values[list] === null) continue;
          expect([address, JSON.stringify(values[list])]).toEqual([address, expect.stringContaining(project.name)]);
        }
      }
    });

    it("the cloud's own rules admit the declared flows and nothing else", async () => {
      expectDeclaredFlowsOnly(project, rulesInCloud(await cluster.state()));
    });

    it.each(["first", "middle", "last"])("taking out the %s worker plans to touch that one alone", async (position) => {
      const ordinal = { first: 0, middle: 1, last: 2 }[position] ?? 0;
      const changes = await planWith((document) => {
        setWorkers(
          document,
          [0, 1, 2].filter((other) => other !== ordinal),
        );
      });
      expect(changes).toEqual(ownResources(`worker-${ordinal}`, "delete"));
    });

    it("adding a worker plans to make that one alone", async () => {
      const changes = await planWith((document) => {
        setWorkers(document, [0, 1, 2, 3]);
      });
      expect(Object.keys(changes).length).toBeGreaterThanOrEqual(2);
      for (const [address, action] of Object.entries(changes)) {
        expect([address, action]).toEqual([expect.stringContaining("worker-3"), "create"]);
      }
    });

    it("taking out a controller plans to touch, beside its own resources, the way to the API alone", async () => {
      const changes = await planWith((document) => {
        document["controlPlane"] = { ...(document["controlPlane"] as object), count: undefined, ordinals: [0, 2, 3] };
      });
      const others = Object.entries(changes).filter(([address]) => !/controller-[13](_|$)/.test(address));
      expect(Object.fromEntries(others)).toEqual(suite.controllerNeighbours);
      expect(changes["openstack_compute_instance_v2.controller-1_instance"]).toBe("delete");
    });

    it("later changes of user-data and image leave every node alone", async () => {
      const changes = await planWith((document) => {
        document["access"] = {
          sshKeys: [
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEvMuRzbO0jFjW7NUnG1hYU1bY0Jb3F3W4F7pQJ0o9aB other@example.com",
          ],
        };
      });
      expect(changes).toEqual({});
    });

    it("a worker that is taken out goes, and every other server stays what it is", async () => {
      const before = await serverIds();
      project.edit((document) => {
        setWorkers(document, [0, 2]);
      });
      await project.synth();
      await cluster.apply();
      const { "worker-1": _gone, ...others } = before;
      expect(await serverIds()).toEqual(others);
    });

    it("destroy leaves nothing of the cluster in the cloud", async () => {
      expect(Object.keys(await lab.leftovers(project.name, projectName()))).toContain("servers");
      await cluster.destroy();
      expect(await lab.leftovers(project.name, projectName())).toEqual({});
      await tenancy.destroy();
    });

    const projectName = () => project.config.provider.tenancy?.project ?? "";

    /** Ids of the servers by the key of their node. */
    async function serverIds(): Promise<Readonly<Record<string, unknown>>> {
      const servers = (await cluster.state()).filter(({ type }) => type === "openstack_compute_instance_v2");
      return Object.fromEntries(
        servers.map(({ address, values }) => [/\.(.*)_instance$/.exec(address)?.[1] ?? address, values["id"]] as const),
      );
    }

    /** What a plan on today's state would do after an edit of bootstrap.yaml; the edit is undone afterwards. */
    async function planWith(change: (document: Record<string, unknown>) => void) {
      try {
        project.edit(change);
        await project.synth();
        return changesOf(await cluster.plan());
      } finally {
        project.restore();
      }
    }

    function ownResources(key: string, action: string): Record<string, string> {
      const { dns } = project.config.provider;
      const types = ["openstack_compute_instance_v2", "openstack_dns_recordset_v2", "openstack_networking_port_v2"];
      const names = [`${key}_instance`, `dns_${key}`, `${key}_port`];
      const entries = types.map((type, index) => [`${type}.${names[index] ?? ""}`, action] as const);
      return Object.fromEntries(entries.filter(([address]) => dns.manage !== "none" || !address.includes("dns_")));
    }
  });
}

function expectDeclaredFlowsOnly(project: ClusterProject, rules: readonly IngressRule[]): void {
  const { config } = project;
  const packets: readonly Packet[] = packetsOf(config);
  const flows = clusterFlows(config);
  expect(allNodes(config).length).toBeGreaterThan(0);
  expect(packets.filter((packet) => admits(rules, packet))).toEqual(
    packets.filter((packet) => declares(flows, packet)),
  );
}

/** The rules as they stand in the state after a refresh: Neutron's, with ids for groups. */
function rulesInCloud(state: readonly StateResource[]): readonly IngressRule[] {
  const roles = new Map(
    state
      .filter(({ type }) => type === "openstack_networking_secgroup_v2")
      .map(({ address, values }) => [values["id"] as string, address.split("_").at(-1) ?? ""]),
  );
  return state
    .filter(({ type, values }) => type === "openstack_networking_secgroup_rule_v2" && values["direction"] === "ingress")
    .map(({ values }) => toIngressRule(values as never, (id) => roles.get(id) ?? id));
}
