import { describe, expect, it } from "@jest/globals";
import type { Schema } from "../../../charts/crds/definition.js";
import { SchemaTypes } from "../../../charts/crds/schema-types.js";

const text: Schema = { type: "string" };

function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: "object", properties, required };
}

/** The type of a property of a spec. */
function typeOf(property: Schema): string | undefined {
  const types = new SchemaTypes();
  types.add("Widget", object({ spec: object({ field: property }) }));
  return /readonly field\?: (.*);/.exec(types.toString())?.[1];
}

describe("the types of a definition's schema", () => {
  it.each<[string, Schema, string]>([
    ["text", text, "string"],
    ["a whole number", { type: "integer", format: "int64" }, "number"],
    ["a boolean", { type: "boolean" }, "boolean"],
    ["one of a few texts", { type: "string", enum: ["a", "b"] }, '"a" | "b"'],
    [
      "what may be a number or text",
      { anyOf: [{ type: "integer" }, { type: "string" }], "x-kubernetes-int-or-string": true },
      "number | string",
    ],
    ["a list", { type: "array", items: text }, "readonly string[]"],
    [
      "a list of alternatives",
      { type: "array", items: { type: "string", enum: ["a", "b"] } },
      'readonly ("a" | "b")[]',
    ],
    ["a map", { type: "object", additionalProperties: text }, "Readonly<Record<string, string>>"],
    ["what is kept unread", { "x-kubernetes-preserve-unknown-fields": true }, "unknown"],
    [
      "an object that is kept unread",
      { type: "object", "x-kubernetes-preserve-unknown-fields": true },
      "Readonly<Record<string, unknown>>",
    ],
    ["an object that can only be empty", { type: "object" }, "Readonly<Record<string, never>>"],
  ])("%s", (_, schema, expected) => {
    expect(typeOf(schema)).toBe(expected);
  });

  it("have what is written: not what every resource has, nor its status", () => {
    const types = new SchemaTypes();
    const spec = object({ size: { type: "integer" }, "x-note": text }, ["size"]);
    types.add(
      "Widget",
      object({ apiVersion: text, kind: text, metadata: { type: "object" }, spec, status: object({ ready: text }) }, [
        "spec",
      ]),
    );
    expect(types.toString()).toBe(
      [
        "export interface WidgetProps {",
        "  readonly spec: WidgetSpec;",
        "}",
        "",
        "export interface WidgetSpec {",
        "  readonly size: number;",
        '  readonly "x-note"?: string;',
        "}",
      ].join("\n"),
    );
  });

  it("share a shape, whatever its descriptions and limits", () => {
    const types = new SchemaTypes();
    const secret = { ...object({ key: { ...text, maxLength: 9 } }), description: "Of this." };
    types.add("Widget", object({ spec: object({ password: secret, token: object({ key: text }) }) }));
    expect(types.toString()).toContain("  readonly password?: Password;\n  readonly token?: Password;");
    expect(types.toString()).not.toContain("interface Token");
  });

  it.each([
    ["endpoints", "Endpoint"],
    ["policies", "Policy"],
    ["classes", "Class"],
    ["access", "Access"],
  ])("name a part of the list %s %s", (list, part) => {
    const types = new SchemaTypes();
    const parts: Schema = { type: "array", items: object({ key: text }) };
    types.add("Widget", object({ spec: object({ inner: object({ [list]: parts }) }) }));
    expect(types.toString()).toContain(`readonly ${list}?: readonly ${part}[];`);
  });

  it("tell shapes apart by what is required, and name the second after its parent", () => {
    const types = new SchemaTypes();
    types.add("Widget", object({ spec: object({ token: object({ key: text }) }) }));
    types.add("Gadget", object({ spec: object({ remote: object({ token: object({ key: text }, ["key"]) }) }) }));
    expect(types.toString()).toContain("export interface Token {\n  readonly key?: string;");
    expect(types.toString()).toContain("export interface RemoteToken {\n  readonly key: string;");
  });

  it("give a kind its own name even where another has the same", () => {
    const types = new SchemaTypes();
    const same = object({ spec: object({ size: text }) });
    types.add("Widget", same);
    types.add("ClusterWidget", same);
    expect(types.toString()).toContain("export interface ClusterWidgetProps {\n  readonly spec?: WidgetSpec;");
  });
});
