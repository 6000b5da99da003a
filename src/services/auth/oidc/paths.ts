/** What the issuer answers below its host; and, where everybody looks for it, what tells the rest. */
export const DISCOVERY_PATH = "/.well-known/openid-configuration";
export const OIDC_PREFIX = "/oidc/";
export const JWKS_PATH = `${OIDC_PREFIX}jwks`;
/** The page of users' codes. */
export const DEVICE_PATH = `${OIDC_PREFIX}device`;
/** Pages on which users sign in, by the id of what they were sent there for. */
export const INTERACTION_PREFIX = `${OIDC_PREFIX}interaction/`;
