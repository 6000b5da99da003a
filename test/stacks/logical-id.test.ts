import { describe, expect, it } from "@jest/globals";
import { Construct, RootConstruct } from "constructs";
import { listEnvironments, loadEnvironment } from "../../src/config/environments.js";
import { logicalId } from "../../stacks/logical-id.js";
import { projectRoot } from "../support/project.js";
import { synthesizeToJson } from "../support/synthesized.js";

/** The id of the last of nested constructs. */
function idOf(...path: readonly string[]): string {
  const last = path.reduce<Construct>((scope, id) => new Construct(scope, id), new RootConstruct());
  return logicalId(last.node);
}

describe("a logical id", () => {
  it.each([
    [["demo", "worker-2", "instance"], "worker-2_instance"],
    [["demo", "worker-2", "instance", "Default"], "worker-2_instance"],
    [["demo", "api", "load-balancer", "public", "Default"], "api_load-balancer_public"],
    [["demo", "dns", "api-int"], "dns_api-int"],
    [["demo", "api_url"], "api_url"],
  ])("of %j is %s: the path below the stack, without the child that a construct is about", (path, id) => {
    expect(idOf(...path)).toBe(id);
  });

  it("keeps Default where it is not the last", () => {
    expect(idOf("demo", "Default", "port")).toBe("Default_port");
  });

  it("keeps an id that only ends like it", () => {
    expect(idOf("demo", "pool-Default")).toBe("pool-Default");
  });
});

const demos = listEnvironments(projectRoot).flatMap((reference) => {
  const result = loadEnvironment(reference);
  if (!result.ok) throw new Error(`${reference.name} has mistakes`);
  return [...synthesizeToJson(result.config)];
});

describe.each(demos)("the ids of %s", (_name, stack) => {
  const elements = [stack.resource, stack.data].flatMap((types) =>
    Object.values(types ?? {}).flatMap((instances) => Object.entries(instances)),
  );
  const others = Object.keys({ ...stack.output, ...stack.variable });

  it("are identifiers that Terraform takes", () => {
    const invalid = [...elements.map(([id]) => id), ...others].filter((id) => !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(id));
    expect(invalid).toEqual([]);
    expect(elements).not.toHaveLength(0);
  });

  it("are the ids of the constructs, without a hash", () => {
    const unlike = elements.filter(([id, attributes]) => {
      const { metadata } = attributes["//"] as { readonly metadata: { readonly path: string } };
      const below = metadata.path.split("/").slice(1);
      return id !== (below.at(-1) === "Default" ? below.slice(0, -1) : below).join("_");
    });
    expect(unlike).toEqual([]);
  });
});
