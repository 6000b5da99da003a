/** Ignition 3.3.0, as far as it is written here. Source: coreos.github.io/ignition/configuration-v3_3 */
interface IgnitionDocument {
  readonly ignition: { readonly version: "3.3.0" };
  readonly passwd?: {
    readonly users: readonly { readonly name: string; readonly sshAuthorizedKeys: readonly string[] }[];
  };
  readonly storage: {
    readonly files: readonly {
      readonly path: string;
      readonly mode: number;
      readonly overwrite: boolean;
      readonly contents: { readonly source: string };
    }[];
  };
}

export interface BaseIgnitionProps {
  /** Host name without a domain. */
  readonly hostname: string;
  /** OpenSSH public keys that log in as `core`. */
  readonly sshKeys: readonly string[];
}

/** What every node is told first: its name, and whose keys may log in. */
export function baseIgnition({ hostname, sshKeys }: BaseIgnitionProps): string {
  const document: IgnitionDocument = {
    ignition: { version: "3.3.0" },
    ...(sshKeys.length > 0 && { passwd: { users: [{ name: "core", sshAuthorizedKeys: sshKeys }] } }),
    storage: {
      files: [
        {
          path: "/etc/hostname",
          mode: 0o644,
          overwrite: true,
          contents: { source: `data:,${encodeURIComponent(`${hostname}\n`)}` },
        },
      ],
    },
  };
  return JSON.stringify(document);
}
