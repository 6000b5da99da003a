import type { Diagnostic, Path } from "../diagnostics.js";
import { clusterDomainOf } from "../host-names.js";
import type { EksSections, OpenStackSections } from "../schema/bootstrap.js";
import type { CommonRule } from "./rule.js";

interface Address {
  readonly path: Path;
  readonly url: string;
}

function stateAddress({ terraform }: Partial<OpenStackSections> | Partial<EksSections>): readonly Address[] {
  const state = terraform?.state;
  if (state?.backend === "http") return [{ path: ["terraform", "state", "address"], url: state.address }];
  if (state?.backend !== "s3" || state.endpoint === undefined) return [];
  return [{ path: ["terraform", "state", "endpoint"], url: state.endpoint }];
}

function addresses(sections: Partial<OpenStackSections> | Partial<EksSections>): readonly Address[] {
  const { auth, access } = sections;
  return [
    ...(auth?.mode === "external" ? [{ path: ["auth", "url"], url: auth.url }] : []),
    ...(access?.oidc === undefined ? [] : [{ path: ["access", "oidc", "issuer"], url: access.oidc.issuer }]),
    ...stateAddress(sections),
  ];
}

/** The value is left out of the report: it is the secret. */
export const addressesHoldNoCredentials: CommonRule = (sections) =>
  addresses(sections)
    .filter(({ url }) => new URL(url).username !== "" || new URL(url).password !== "")
    .map(({ path }) => ({
      path,
      problem: "holds a user name or password",
      expected: "an address without credentials: no secret stands in bootstrap.yaml",
      remedy: "remove what stands before the @; change the password, if the file was shared",
    }));

/** A path is put behind each of these addresses. */
export const addressesEndInTheirPath: CommonRule = (sections) =>
  addresses(sections)
    .filter(({ url }) => /[?#]/.test(url))
    .map(({ path, url }) => ({
      path,
      value: url,
      problem: "has a query or a fragment, and paths are put behind the address",
      expected: "an address that ends with its path",
      remedy: "remove the part from ? or # on",
    }));

/** An API server that asks itself who its user is would wait for itself at start. */
export const externalAuthIsElsewhere: CommonRule = ({ auth, cluster }) => {
  if (auth?.mode !== "external" || cluster === undefined) return [];
  const clusterDomain = clusterDomainOf(cluster);
  const { hostname } = new URL(auth.url);
  if (hostname !== clusterDomain && !hostname.endsWith(`.${clusterDomain}`)) return [];
  const diagnostic: Diagnostic = {
    path: ["auth", "url"],
    value: auth.url,
    problem: "is a host of this cluster itself",
    expected: `an address outside ${clusterDomain}`,
    remedy: "give the address of the other cluster's kubernetes-auth, or write `mode: hosted`",
  };
  return [diagnostic];
};

/** The API server refuses a configuration that names one issuer twice, and kubernetes-auth is one already. */
export const oidcIssuerIsAnother: CommonRule = ({ access, auth }) => {
  const issuer = access?.oidc?.issuer;
  if (issuer === undefined || auth?.mode !== "external" || new URL(issuer).origin !== new URL(auth.url).origin)
    return [];
  const diagnostic: Diagnostic = {
    path: ["access", "oidc", "issuer"],
    value: issuer,
    problem: "is kubernetes-auth, which the API server trusts already",
    expected: "an issuer beside kubernetes-auth",
    remedy: "remove `access.oidc`, or name your other issuer",
  };
  return [diagnostic];
};
