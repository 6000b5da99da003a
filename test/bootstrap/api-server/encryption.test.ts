import { describe, expect, it } from "@jest/globals";
import { encryptionConfiguration } from "../../../src/bootstrap/api-server/encryption.js";

const [rule] = encryptionConfiguration("a2V5").resources;

describe("encryption at rest", () => {
  it("is of Secrets", () => {
    expect(rule?.resources).toEqual(["secrets"]);
  });

  it("writes with the key, and reads also what was written without one", () => {
    expect(rule?.providers).toEqual([{ secretbox: { keys: [{ name: "key1", secret: "a2V5" }] } }, { identity: {} }]);
  });
});
