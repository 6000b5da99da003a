import { describe, expect, it } from "@jest/globals";
import { catalogue } from "../../src/versions/catalogue.js";
import { lockedDigest } from "../../src/versions/image-lock.js";

describe("the lock file of images", () => {
  it("answers by repository and tag together", () => {
    const lock = { "registry.example.com/a:1": "sha256:a" };
    expect(lockedDigest("registry.example.com/a", "1", lock)).toBe("sha256:a");
    expect(lockedDigest("registry.example.com/a", "2", lock)).toBeUndefined();
  });

  it("holds digests only", () => {
    for (const { name, tag } of Object.values(catalogue.images)) {
      expect(lockedDigest(name, tag) ?? `sha256:${"0".repeat(64)}`).toMatch(/^sha256:[0-9a-f]{64}$/);
    }
  });
});
