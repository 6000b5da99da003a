import { describe, expect, it } from "@jest/globals";
import type { Statement } from "../../../src/eks/policies/policy-document.js";
import { demo, rolePolicies } from "./support/documents.js";

const TAGGING = /:(CreateTags|DeleteTags|AddTags|RemoveTags)$/;
const tagging = Object.entries(rolePolicies(demo)).flatMap(([name, statements]) =>
  statements
    .filter(({ actions }) => actions.some((action) => TAGGING.test(action)))
    .map((statement): [string, Statement] => [`${name}/${statement.sid}`, statement]),
);

/** The tags by which policies know what is the cluster's, as a statement's conditions name them. */
function decisiveTags({ conditions = {} }: Statement): readonly string[] {
  return Object.values(conditions)
    .flatMap((keys) => Object.keys(keys))
    .flatMap((key) => /^aws:(?:Resource|Request)Tag\/(.*)$/.exec(key)?.[1] ?? []);
}

describe("tags, by which policies know what is the cluster's", () => {
  it("are set or changed by two services at least, or the rules below hold of nothing", () => {
    expect(tagging.length).toBeGreaterThan(4);
  });

  it.each(tagging)("are set with the call that makes a thing, or stay as they are: %s", (_, statement) => {
    const { StringEquals: equal = {}, "ForAllValues:StringNotEquals": kept = {} } = statement.conditions ?? {};
    const tags = decisiveTags(statement);
    expect(tags.length).toBe(1);
    const creating = Object.keys(equal).some((key) => key.endsWith(":CreateAction"));
    if (creating) expect(Object.keys(equal)).toContain(`aws:RequestTag/${tags[0]}`);
    else expect(kept["aws:TagKeys"]).toContain(tags[0]);
  });

  it.each(tagging)("are not changed by a call that names none, where none may be changed: %s", (_, statement) => {
    const { "ForAllValues:StringNotEquals": kept, Null: present } = statement.conditions ?? {};
    // For all of nothing is true.
    expect(present?.["aws:TagKeys"]).toEqual(kept === undefined ? undefined : ["false"]);
  });
});
