import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ServiceUnderTest, START } from "../server/service-under-test.js";

let service: ServiceUnderTest;
beforeEach(async () => {
  service = await ServiceUnderTest.start();
});
afterEach(() => service.close());

const create = (body: unknown) => service.call({ method: "POST", url: "/clusters", body });
const DEMO = {
  name: "demo",
  kubeconfig: "apiVersion: v1\nclusters: []\n",
  admin_role: "kubernetes-admins",
  role_scope: { project: "0123" },
};

describe("clusters", () => {
  test("are registered and found by name, as in the reference", async () => {
    const answer = await create(DEMO);
    expect(answer.statusCode).toBe(201);
    const demo = answer.json() as { id: string };
    expect(demo).toEqual({ ...DEMO, id: demo.id, master: "", node: "", created: new Date(START).toISOString() });
    await create({ name: "other" });
    expect(await service.get({ url: "/clusters?name=demo" })).toEqual([demo]);
    expect(await service.get({ url: "/clusters?name=nobody" })).toEqual([]);
    expect(await service.get<unknown[]>({ url: "/clusters" })).toHaveLength(2);
  });

  test("have names of their own", async () => {
    await create(DEMO);
    const again = await create(DEMO);
    expect([again.statusCode, again.json()]).toMatchObject([409, { code: "conflict" }]);
  });

  test("are changed but for their names, and keep what is not told", async () => {
    const { id } = (await create(DEMO)).json() as { id: string };
    const url = `/clusters/${id}`;
    const change = (body: unknown) => service.call({ method: "PATCH", url, body });
    expect((await change({ admin_role: "others" })).json()).toMatchObject({ ...DEMO, admin_role: "others" });
    expect((await change({ role_scope: { domain: "d" } })).json()).toMatchObject({ role_scope: { domain: "d" } });
    expect((await change({ kubeconfig: "" })).json()).toMatchObject({ role_scope: { domain: "d" }, kubeconfig: "" });
    expect((await change({ role_scope: null })).json()).toMatchObject({ role_scope: null });
    expect((await change({ name: "renamed" })).statusCode).toBe(400);
  });

  test("are forgotten once", async () => {
    const { id } = (await create(DEMO)).json() as { id: string };
    const forget = () => service.call({ method: "DELETE", url: `/clusters/${id}` });
    expect([(await forget()).statusCode, (await forget()).statusCode]).toEqual([204, 404]);
    expect(service.audited("cluster.delete")).toEqual([expect.objectContaining({ cluster: "demo" })]);
  });

  test.each([
    [{}],
    [{ name: "Demo" }],
    [{ name: "-demo" }],
    [{ name: "demo", role_scope: { project: "p", domain: "d" } }],
    [{ name: "demo", role_scope: {} }],
    [{ name: "demo", kubeconfig: "a\0b" }],
    [{ name: "demo", kubeconfig: "x".repeat(32_769) }],
  ])("are not made of %j", async (body) => {
    expect((await create(body)).statusCode).toBe(400);
  });
});
