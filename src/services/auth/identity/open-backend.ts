import type { SecretReference } from "../secret-reference.js";
import type { Settings } from "../settings.js";
import type { LocalUserStore } from "../store/store.js";
import type { IdentityBackend } from "./identity-backend.js";
import { KeystoneBackend } from "./keystone/keystone-backend.js";
import { LdapBackend } from "./ldap/ldap-backend.js";
import { LocalBackend } from "./local/local-backend.js";

export interface OpenBackendOptions {
  readonly identity: Settings["identity"];
  readonly localUsers: LocalUserStore;
  /** The value of a secret. @param field its path, for messages @throws UserError */
  readonly secretOf: (reference: SecretReference, field: string) => string;
  /** The text of a file. @param field its path, for messages @throws UserError */
  readonly textOf: (file: string, field: string) => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The back-end that the settings name. @throws UserError when one of its secrets or files cannot be read */
export function openBackend({ identity, localUsers, secretOf, textOf, now }: OpenBackendOptions): IdentityBackend {
  switch (identity.type) {
    case "local":
      return new LocalBackend(localUsers);
    case "keystone":
      return new KeystoneBackend({
        settings: identity,
        servicePassword: secretOf(identity.serviceUser.password, "identity.serviceUser.password"),
        ...authorityOf(identity.caCertificate, textOf),
        now,
      });
    case "ldap":
      return new LdapBackend({
        settings: identity,
        bindPassword: secretOf(identity.bind.password, "identity.bind.password"),
        ...authorityOf(identity.caCertificate, textOf),
        now,
      });
  }
}

function authorityOf(
  file: string | undefined,
  textOf: OpenBackendOptions["textOf"],
): { readonly caCertificate?: string } {
  return file === undefined ? {} : { caCertificate: textOf(file, "identity.caCertificate") };
}
