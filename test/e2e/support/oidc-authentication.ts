import { authenticationConfiguration } from "../../../src/bootstrap/api-server/authentication.js";
import { openStack } from "../../support/bootstraps.js";
import { eksCluster } from "../../support/clusters.js";
import { resource, synthesizeToJson } from "../../support/synthesized.js";

/** Stands in the configuration of the cluster, which refuses an issuer on loopback. */
const PUBLIC_ISSUER = "https://auth.example.com";

/** The flags of an API server that mean what Amazon is told about the issuer, and the claim that names users. */
export function eksAuthentication(issuer: string): readonly [readonly string[], string] {
  const stacks = synthesizeToJson(eksCluster({ auth: { mode: "external", url: PUBLIC_ISSUER } }));
  const stack = stacks.get("demo-identity");
  if (stack === undefined) throw new Error("no stack of the issuer");
  const { oidc } = resource(stack, "aws_eks_identity_provider_config", "identity-provider");
  const told = oidc as Readonly<Record<string, string>>;
  if (told["issuer_url"] !== PUBLIC_ISSUER) throw new Error(`the issuer is ${told["issuer_url"]}`);
  const flags = [
    `--oidc-issuer-url=${issuer}`,
    `--oidc-client-id=${told["client_id"]}`,
    `--oidc-username-claim=${told["username_claim"]}`,
    `--oidc-username-prefix=${told["username_prefix"]}`,
    `--oidc-groups-claim=${told["groups_claim"]}`,
  ];
  return [flags, told["username_claim"] ?? ""];
}

/** The document of an API server on OpenStack whose configuration names no more than the issuer, and the claim that names users. */
export function openStackAuthentication(issuer: string): readonly [object, string] {
  const { access } = openStack({ access: { oidc: { issuer: PUBLIC_ISSUER } } });
  if (access.oidc === undefined) throw new Error("no issuer");
  const document = authenticationConfiguration({ access: { ...access, oidc: { ...access.oidc, issuer } } });
  return [document, access.oidc.usernameClaim];
}
