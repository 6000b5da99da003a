import { describe, expect, it } from "@jest/globals";
import { bottlerocketUserData } from "../../src/bootstrap/eks/bottlerocket.js";
import { nodeadmUserData } from "../../src/bootstrap/eks/nodeadm.js";
import type { IgnitionDocument } from "../../src/bootstrap/ignition/document.js";
import { nodeSecretFiles } from "../../src/bootstrap/node-secret-files.js";
import { plainText, secretDocument } from "../../src/bootstrap/secret-file.js";
import { expectGolden } from "../support/golden.js";
import { documentOf } from "../support/node-user-data.js";
import { eksNode, eksNodeWithMirror } from "./support/eks-nodes.js";
import { placeholderSecrets } from "./support/placeholder-secrets.js";
import { readableDocument } from "./support/readable-document.js";
import { variants } from "./support/variants.js";

const pretty = (document: unknown) => `${JSON.stringify(document, null, 2)}\n`;

describe("what a node of OpenStack is told", () => {
  it.each(variants.map((variant) => [variant.name, variant] as const))("%s is as reviewed", (name, variant) => {
    const { config, node } = variant;
    const publicPart = documentOf(config, node);
    const files = nodeSecretFiles(config, node, placeholderSecrets(config, node), plainText);
    const secretPart = JSON.parse(secretDocument(files, plainText)) as IgnitionDocument;

    expect(publicPart.ignition.version).toBe("3.3.0");
    expect(Object.keys(secretPart)).toEqual(["ignition", "storage"]);
    expectGolden(`user-data/${name}.public.ign`, pretty(publicPart));
    expectGolden(`user-data/${name}.secret.ign`, pretty(secretPart));
    expectGolden(
      `user-data/${name}.txt`,
      `${readableDocument(publicPart)}\n==== secret\n\n${readableDocument(secretPart)}`,
    );
  });
});

describe("what a node of EKS is told", () => {
  it.each([
    ["eks-al2023", eksNode],
    ["eks-al2023-mirror", eksNodeWithMirror],
  ])("%s is as reviewed", (name, facts) => {
    expectGolden(`user-data/${name}.mime`, nodeadmUserData(facts));
    expect(nodeadmUserData(facts)).toContain(facts.endpoint);
  });

  it.each([
    ["eks-bottlerocket", eksNode],
    ["eks-bottlerocket-mirror", eksNodeWithMirror],
  ])("%s is as reviewed", (name, facts) => {
    expectGolden(`user-data/${name}.toml`, bottlerocketUserData(facts));
    expect(bottlerocketUserData(facts)).toContain(facts.endpoint);
  });
});
