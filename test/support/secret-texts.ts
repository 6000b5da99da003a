import { gunzipSync } from "node:zlib";
import type { SecretVariables } from "../../src/config/secret-variables.js";

/** What is secret in a var-file: private keys, tokens, passwords. Certificates and public keys are not. */
export function secretTexts(variables: SecretVariables): readonly string[] {
  return texts(variables).filter((text) => text !== "" && !/^-----BEGIN (CERTIFICATE|PUBLIC KEY)/.test(text));
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Whether a secret stands in the text: as it is, as JSON has it, or in base64 at any offset, also compressed. */
export function holds(text: string, secret: string): boolean {
  return [text, ...decoded(text)].some((candidate) => forms(secret).some((form) => candidate.includes(form)));
}

/** The middle of a secret: what surrounds it changes the ends of its base64. */
function forms(secret: string): readonly string[] {
  const body = secret.includes("-----BEGIN") ? (secret.split("\n")[1] ?? secret) : secret;
  const encoded = [0, 1, 2].map((offset) =>
    Buffer.from(" ".repeat(offset) + body)
      .toString("base64")
      .slice(4, -4),
  );
  return [body, ...encoded];
}

function decoded(text: string): readonly string[] {
  return (text.match(/H4sI[A-Za-z0-9+/]{40,}={0,2}/g) ?? []).map((data) =>
    gunzipSync(Buffer.from(data, "base64")).toString("latin1"),
  );
}
