import { describe, expect, it } from "@jest/globals";
import type { NodeSecrets } from "../../src/bootstrap/node-secrets.js";
import { ownDocument } from "../../src/bootstrap/node-document.js";
import { compressDocument, userData } from "../../src/bootstrap/user-data.js";
import { decodeUserData, resourceContents } from "../e2e/support/ignition.js";
import { nodeUserData, sharedDocumentOf } from "../support/node-user-data.js";
import { placeholderSecrets } from "./support/placeholder-secrets.js";
import { variants } from "./support/variants.js";

const titled = variants.map((variant) => [variant.name, variant] as const);

/** Every secret text of a value. What is known only to Terraform but no secret is left out. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** The texts of a document, those that are data URLs as the node reads them, and what is base64 in them decoded. */
function decodedTexts(document: unknown): string {
  const texts = textsOf(document).flatMap((text) => {
    const contents = text.startsWith("data:") ? resourceContents({ source: text })?.toString() : undefined;
    return contents === undefined ? [text] : [text, contents];
  });
  const encoded = texts.flatMap((text) => text.match(/[A-Za-z0-9+/]{16,}={0,2}/g) ?? []);
  return [...texts, ...encoded.map((text) => Buffer.from(text, "base64").toString("latin1"))].join("\n");
}

describe("the user-data of a node", () => {
  it.each(titled)(
    "is a document of its own, into which the shared one and the one of secrets are merged: %s",
    (_name, { config, node }) => {
      const [own, shared, secret, ...others] = decodeUserData(
        nodeUserData(config, node, placeholderSecrets(config, node)),
      );
      expect(others).toEqual([]);
      expect(shared).toEqual(sharedDocumentOf(config, node));
      expect(own?.ignition.config?.merge?.map(({ compression }) => compression)).toEqual(["gzip", undefined]);
      expect(own?.storage).toEqual(ownDocument(config, node).storage);
      expect(secret).not.toHaveProperty("systemd");
    },
  );

  it.each(titled)("has a name for its host: %s", (_name, { config, node }) => {
    const [own] = decodeUserData(nodeUserData(config, node, placeholderSecrets(config, node)));
    const hostname = own?.storage?.files?.find(({ path }) => path === "/etc/hostname");
    expect(resourceContents(hostname?.contents ?? {})?.toString()).toBe(`${node.serverName}\n`);
  });

  it.each(titled)("has secrets in the document of secrets alone: %s", (_name, { config, node }) => {
    const { initialised: _known, ...secrets }: NodeSecrets = placeholderSecrets(config, node);
    const [own, shared, secret] = decodeUserData(nodeUserData(config, node, placeholderSecrets(config, node)));
    const texts = [own, shared].map((document) => {
      const { ignition: _merged, ...rest } = document ?? {};
      return decodedTexts(rest);
    });
    for (const value of textsOf(secrets)) {
      for (const text of texts) expect(text).not.toContain(value);
    }
    // The search finds what is there.
    expect(decodedTexts(secret)).toContain(
      node.role === "etcd" ? secrets.etcdMember?.peer.key : secrets.clusterCa.certificate,
    );
  });

  it.each(titled)("is no template to Terraform but for the secrets that it puts in: %s", (_name, { config, node }) => {
    const shared = compressDocument(sharedDocumentOf(config, node));
    const text = userData({ shared, own: ownDocument(config, node), secretBase64: "${local.secrets}" });
    expect(text.match(/[$%]\{[^}]*\}/g)).toEqual(["${local.secrets}"]);
  });
});
