import { parseArgs } from "node:util";
import { UserError } from "../../lib/user-error.js";

export interface Flags {
  readonly help: boolean;
  readonly version: boolean;
  /** @default - config.yaml when there is one */
  readonly configFile?: string;
  /** 1 is least verbose, 9 most. */
  readonly logLevel: number;
  readonly adminToken?: string;
  /** Name of the migration that shall be the store's last. */
  readonly migrateDownTo?: string;
}

export const HELP = `kubernetes-auth: tokens and identity for Kubernetes clusters

Usage: kubernetes-auth [flags]

  -config-file string   YAML file with options of the service (default "config.yaml", if it is there;
                        else users and tokens are kept in a database of the user's data folder)
  -log-level int        how much is logged: 1 is least verbose, 9 is most verbose (default 4)
  -admin-token string   token that administrators show as x-auth-token. Everybody on the machine can read flags:
                        use adminToken of the configuration, or KUBERNETES_AUTH_ADMIN_TOKEN
  -migrate-down-to string
                        before an earlier version is installed: take back all migrations of the store that came
                        after the named one, which is that version's last, and end. What only later versions keep
                        is lost. Stop every replica first, and have a backup
  -version              print the version
  -help                 print this

SIGHUP reads the configuration again; SIGTERM ends the service when open requests have been answered.
`;

const DEFAULT_LOG_LEVEL = 4;

/** Flags with one dash or two. @throws UserError */
export function parseFlags(args: readonly string[]): Flags {
  const { values } = parse(args.map((arg) => arg.replace(/^-(?=[a-z]{2})/, "--")));
  return {
    help: values.help ?? false,
    version: values.version ?? false,
    ...(values["config-file"] !== undefined && { configFile: values["config-file"] }),
    ...(values["admin-token"] !== undefined && { adminToken: values["admin-token"] }),
    ...(values["migrate-down-to"] !== undefined && { migrateDownTo: values["migrate-down-to"] }),
    logLevel: logLevelOf(values["log-level"]),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        "config-file": { type: "string" },
        "log-level": { type: "string" },
        "admin-token": { type: "string" },
        "migrate-down-to": { type: "string" },
        version: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UserError((error as Error).message.split(".")[0] ?? "", "kubernetes-auth -help lists the flags");
  }
}

function logLevelOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LOG_LEVEL;
  if (!/^[1-9]$/.test(text)) throw new UserError(`-log-level is ${text}`, "give a number from 1 to 9");
  return Number(text);
}
