import { describe, expect, it } from "@jest/globals";
import { parseDefinitions } from "../../../charts/crds/definition.js";
import { generatedTypes } from "../../../charts/crds/generated-types.js";
import { definitionText, sampleLock } from "./definition-samples.js";

const text = definitionText("widgets", "Widget");
const written = { group: "example.com", version: "v1", bundle: "samples", kinds: ["Widget"] };

describe("files of types", () => {
  it("are one a group, with all its kinds", () => {
    const definitions = parseDefinitions(`${text}${definitionText("gears", "Gear")}`);
    const files = generatedTypes(definitions, [written, { ...written, kinds: ["Gear"] }], sampleLock());
    expect([...files.keys()]).toEqual(["example.com.ts"]);
    expect(files.get("example.com.ts")?.match(/interface \w+/g)).toEqual([
      "interface WidgetProps",
      "interface WidgetSpec",
      "interface GearProps",
    ]);
  });

  it.each([
    ["a kind that no definition has", text, { ...written, kinds: ["Gear"] }],
    ["a group that no definition has", text, { ...written, group: "example.org" }],
    ["a version that no definition has", text, { ...written, version: "v2" }],
    ["a version that is not served", text.replace("served: true", "served: false"), written],
  ])("fail for %s", (_, definition, kinds) => {
    expect(() => generatedTypes(parseDefinitions(definition), [kinds], sampleLock())).toThrow("no definition has");
  });
});
