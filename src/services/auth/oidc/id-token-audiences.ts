import { createPrivateKey, sign } from "node:crypto";
import type Provider from "oidc-provider";
import type { OidcClient } from "./oidc-settings.js";
import { SIGNING_ALGORITHM, type SigningKey } from "./signing-keys.js";

/** The library's class of ID tokens, as far as it is used here. */
interface IdTokens {
  readonly prototype: {
    issue: (this: { readonly client: { readonly clientId: string } }, options: IssueOptions) => Promise<string>;
  };
}
interface IssueOptions {
  readonly use: string;
}

/**
 * Gives ID tokens the further audiences of their client: the library knows of one only. The client is then told as the authorized
 * party. Source: OpenID Connect Core 1.0, section 2.
 */
export function addAudiences(provider: Provider, clients: readonly OidcClient[], { id, jwk }: SigningKey): void {
  const { prototype } = (provider as unknown as { readonly IdToken: IdTokens }).IdToken;
  const { issue } = prototype;
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  prototype.issue = async function (options) {
    const token = await issue.call(this, options);
    const { clientId } = this.client;
    const audiences = clients.find((client) => client.id === clientId)?.audiences ?? [];
    if (options.use !== "idtoken" || audiences.length === 0) return token;
    const [, payload = ""] = token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Readonly<Record<string, unknown>>;
    const aud = [...new Set([clientId, ...audiences])];
    const header = { alg: SIGNING_ALGORITHM, typ: "JWT", kid: id };
    const signed = `${encoded(header)}.${encoded({ ...claims, aud, azp: clientId })}`;
    return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
  };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
