import { expect, test } from "@jest/globals";
import { AskingClusters } from "../../../../src/services/auth/domain/asking-cluster.js";
import type { StoredCluster } from "../../../../src/services/auth/store/store.js";

function world() {
  const records = new Map<string, StoredCluster>();
  let reads = 0;
  let clock = 0;
  const clusters = new AskingClusters(
    {
      findByName: (name) => {
        reads++;
        return Promise.resolve(records.get(name));
      },
    },
    () => clock,
  );
  const register = (name: string, project: string) =>
    records.set(name, { id: name, name, kubeconfig: "", adminRole: "", roleScope: { project }, created: new Date(0) });
  return { clusters, register, advance: (milliseconds: number) => (clock += milliseconds), reads: () => reads };
}

test("the record of a cluster is read once in ten seconds", async () => {
  const { clusters, register, advance, reads } = world();
  register("demo", "one");
  for (let ask = 0; ask < 3; ask++) {
    expect(await clusters.find("demo")).toEqual({ name: "demo", roleScope: { project: "one" } });
  }
  expect(reads()).toBe(1);
  register("demo", "two");
  advance(9_999);
  expect(await clusters.find("demo")).toMatchObject({ roleScope: { project: "one" } });
  advance(1);
  expect(await clusters.find("demo")).toMatchObject({ roleScope: { project: "two" } });
});

test("a cluster that nobody registered has no roles that count", async () => {
  expect(await world().clusters.find("other")).toEqual({ name: "other" });
});

test("a cluster that was just changed is read again", async () => {
  const { clusters, register } = world();
  register("demo", "one");
  await clusters.find("demo");
  register("demo", "two");
  clusters.forget("demo");
  expect(await clusters.find("demo")).toMatchObject({ roleScope: { project: "two" } });
});
