import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compressedResource, textResource } from "../../../src/bootstrap/ignition/data-url.js";
import { resourceContents } from "../../e2e/support/ignition.js";

const text = fc.string({ unit: "grapheme", maxLength: 200 });

describe("a text as a URL", () => {
  it("comes out as it went in, whatever its characters", () => {
    fc.assert(
      fc.property(text, (original) => {
        expect(resourceContents(textResource(original))?.toString()).toBe(original);
      }),
    );
  });

  it("escapes what would end a URL, start a template of Terraform or be taken for a blank", () => {
    expect(textResource("100% #1 ${a} + b\n").source).toBe("data:,100%25%20%231%20%24%7Ba%7D%20%2B%20b%0A");
  });

  it("of nothing is a file of no bytes, not no file", () => {
    expect(textResource("").source).toBe("data:,");
  });
});

describe("a compressed text", () => {
  it("comes out as it went in, whatever its characters", () => {
    fc.assert(
      fc.property(text, (original) => {
        expect(resourceContents(compressedResource(original))?.toString()).toBe(original);
      }),
    );
  });

  it("is the same bytes everywhere and always, so that no server is planned anew", () => {
    const { source } = compressedResource("ETCD_NAME=etcd-0\n".repeat(100) + "größer, 大きい");
    expect(createHash("sha256").update(source).digest("hex")).toBe(
      "3149bfeed694afd6869a736d52daae727cd4ac60b070eb31d067c9be21471f5e",
    );
  });
});
