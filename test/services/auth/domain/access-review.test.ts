import { describe, expect, test } from "@jest/globals";
import { denialOf } from "../../../../src/services/auth/domain/access-review.js";
import type { DenyRule } from "../../../../src/services/auth/settings.js";

const exec = {
  user: "alice",
  groups: ["team", "system:authenticated"],
  resourceAttributes: { namespace: "prod", verb: "create", group: "", resource: "pods", subresource: "exec" },
};
const deny = (rule: Partial<DenyRule>) => denialOf(exec, [{ reason: "no", ...rule }]);

describe("a deny rule", () => {
  test("without conditions refuses everything", () => {
    expect(deny({})).toBe("no");
  });

  test.each<[string, Partial<DenyRule>, Partial<DenyRule>]>([
    ["users", { users: ["bob", "alice"] }, { users: ["bob"] }],
    ["groups", { groups: ["team"] }, { groups: ["other"] }],
    ["groups but some", { exceptGroups: ["other"] }, { exceptGroups: ["team"] }],
    ["verbs", { verbs: ["create"] }, { verbs: ["get"] }],
    ["every verb", { verbs: ["*"] }, { verbs: [] }],
    ["resources", { resources: ["pods/exec"] }, { resources: ["pods"] }],
    ["every resource", { resources: ["*"] }, { resources: ["secrets"] }],
    ["namespaces", { namespaces: ["prod"] }, { namespaces: ["test", ""] }],
  ])("is for the %s that it names, and no others", (_, holds, doesNot) => {
    expect(deny(holds)).toBe("no");
    expect(deny(doesNot)).toBeUndefined();
  });

  test("refuses only what every one of its conditions names", () => {
    expect(deny({ users: ["alice"], verbs: ["create"], namespaces: ["prod"] })).toBe("no");
    expect(deny({ users: ["alice"], verbs: ["create"], namespaces: ["test"] })).toBeUndefined();
  });

  test("counts groups of v1beta1, which calls them group", () => {
    const { groups, ...rest } = exec;
    expect(denialOf({ ...rest, group: groups }, [{ reason: "no", groups: ["team"] }])).toBe("no");
    expect(denialOf({ ...rest, group: groups }, [{ reason: "no", exceptGroups: ["team"] }])).toBeUndefined();
  });

  test("of resources is for no path, and one of verbs is for paths too", () => {
    const path = { user: "alice", nonResourceAttributes: { path: "/metrics", verb: "get" } };
    expect(denialOf(path, [{ reason: "no", resources: ["*"] }])).toBeUndefined();
    expect(denialOf(path, [{ reason: "no", verbs: ["get"] }])).toBe("no");
  });
});

test("the first rule that refuses gives the reason, and without one there is no opinion", () => {
  expect(denialOf(exec, [{ reason: "first", users: ["bob"] }, { reason: "second" }, { reason: "third" }])).toBe(
    "second",
  );
  expect(denialOf(exec, [])).toBeUndefined();
});
