import { describe, expect, test } from "@jest/globals";
import { ConflictError, type Store, type StoredCluster } from "../../../src/services/auth/store/store.js";
import { after, cluster, GARBAGE, pages, TRAPS } from "./samples.js";

export function describeClusters(store: () => Store): void {
  describe("clusters", () => {
    test("are found as they were made", async () => {
      for (const made of [
        cluster(),
        cluster({ roleScope: { project: "p" } }),
        cluster({ roleScope: { domain: "d" }, kubeconfig: "k".repeat(32_768) }),
      ]) {
        await store().clusters.create(made);
        expect(await store().clusters.find(made.id)).toEqual(made);
        expect(await store().clusters.findByName(made.name)).toEqual(made);
        expect(await store().clusters.list({ name: made.name }, { limit: 10 })).toEqual({ items: [made] });
      }
      expect(await store().clusters.find(cluster().id)).toBeUndefined();
      expect(await store().clusters.findByName(cluster().name)).toBeUndefined();
    });

    test("are one of a name", async () => {
      const made = cluster();
      await store().clusters.create(made);
      await expect(store().clusters.create(cluster({ name: made.name }))).rejects.toThrow(ConflictError);
      expect(await store().clusters.findByName(made.name)).toEqual(made);
    });

    test("are one of a name when they are made many times at once", async () => {
      const { name } = cluster();
      const made = await Promise.allSettled(
        Array.from({ length: 20 }, () => store().clusters.create(cluster({ name }))),
      );
      expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const one of made) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(ConflictError);
    });

    test("are listed in the order of creation, page by page", async () => {
      const made: StoredCluster[] = [];
      for (const seconds of [2, 1, 2]) {
        const one = cluster({ created: after(-1e6 + seconds) });
        await store().clusters.create(one);
        made.push(one);
      }
      const inOrder = made.sort((a, b) => a.created.getTime() - b.created.getTime() || (a.id < b.id ? -1 : 1));
      const read = (await pages(2, (page) => store().clusters.list({}, page))).flat();
      expect(read.filter(({ id }) => made.some((one) => one.id === id))).toEqual(inOrder);
    });

    test.each(GARBAGE)("are none after the position %j", async (position) => {
      await store().clusters.create(cluster());
      expect(await store().clusters.list({}, { limit: 10, after: position })).toEqual({ items: [] });
    });

    test.each(TRAPS)("keep %j wherever a text stands", async (text) => {
      const made = cluster({ kubeconfig: text, adminRole: text, roleScope: { project: text } });
      await store().clusters.create(made);
      expect(await store().clusters.find(made.id)).toEqual(made);
    });

    test("are replaced but for their name and time", async () => {
      const made = cluster({ roleScope: { project: "p" } });
      await store().clusters.create(made);
      const { roleScope: _roleScope, ...rest } = made;
      const changed = { ...rest, kubeconfig: "other", adminRole: "other" };
      expect(await store().clusters.replace({ ...changed, name: "other", created: after(1) })).toBe(true);
      expect(await store().clusters.find(made.id)).toEqual(changed);
      expect(await store().clusters.replace(cluster())).toBe(false);
    });

    test("are not there once deleted, and their name is free", async () => {
      const made = cluster();
      await store().clusters.create(made);
      expect(await store().clusters.delete(made.id)).toBe(true);
      expect(await store().clusters.delete(made.id)).toBe(false);
      expect(await store().clusters.find(made.id)).toBeUndefined();
      await expect(store().clusters.create(cluster({ name: made.name }))).resolves.toBeUndefined();
    });
  });
}
