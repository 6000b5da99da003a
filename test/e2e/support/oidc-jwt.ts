import { createPublicKey, verify, type JsonWebKey } from "node:crypto";

export interface PublishedKeys {
  readonly keys: readonly (JsonWebKey & { readonly kid: string; readonly alg?: string; readonly use?: string })[];
}

export interface Jwt {
  readonly header: { readonly alg: string; readonly kid: string; readonly typ?: string };
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What a token says, whoever has signed it. */
export function readJwt(token: string): Jwt {
  const [header = "", claims = ""] = token.split(".");
  const parsed = [header, claims].map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as unknown);
  return { header: parsed[0] as Jwt["header"], claims: parsed[1] as Jwt["claims"] };
}

/** What a token says. @throws Error unless one of these keys has signed it by RS256 */
export function verifyJwt(token: string, { keys }: PublishedKeys): Jwt {
  const jwt = readJwt(token);
  const { kid, alg } = jwt.header;
  const key = keys.find((each) => each.kid === kid);
  if (alg !== "RS256" || key === undefined)
    throw new Error(`a token by ${alg} with the key ${kid}, which is not known`);
  const [header, claims, signature = ""] = token.split(".");
  const publicKey = createPublicKey({ key, format: "jwk" });
  if (!verify("sha256", Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, "base64url"))) {
    throw new Error("the signature is wrong");
  }
  return jwt;
}

/** The same claims and nobody's signature. */
export function withoutSignature(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
  return `${header}.${token.split(".")[1]}.`;
}
