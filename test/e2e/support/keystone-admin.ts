import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AuthKeystone } from "./auth-keystone.js";

const DOMAIN = "default";
const SERVICE_USER = "kubernetes-auth";
const SERVICE_PASSWORD = "service-pass";

type Kind = "user" | "role" | "project";

/** What an administrator of Keystone does for a cluster, and for kubernetes-auth. */
export class KeystoneAdmin {
  constructor(private readonly keystone: AuthKeystone) {}

  /** In the default domain. @returns its id */
  async create(kind: Kind, fields: Readonly<Record<string, unknown>>): Promise<string> {
    const made = await this.keystone.call<Readonly<Record<string, { readonly id: string }>>>("POST", `/${kind}s`, {
      [kind]: kind === "role" ? fields : { ...fields, domain_id: DOMAIN },
    });
    return made[kind]?.id ?? "";
  }

  async grant(user: string, role: string, project: string): Promise<void> {
    await this.keystone.call("PUT", `/projects/${project}/users/${user}/roles/${role}`);
  }

  async revoke(user: string, role: string, project: string): Promise<void> {
    await this.keystone.call("DELETE", `/projects/${project}/users/${user}/roles/${role}`);
  }

  async setEnabled(user: string, enabled: boolean): Promise<void> {
    await this.keystone.call("PATCH", `/users/${user}`, { user: { enabled } });
  }

  /**
   * Makes the user that kubernetes-auth looks others up as.
   *
   * @param folder where files are put that the configuration refers to
   * @param timeoutSeconds of a question of kubernetes-auth. Default: its own
   * @returns the configuration's `identity`, as YAML in one line
   */
  async identitySettings(folder: string, timeoutSeconds?: number): Promise<string> {
    const user = await this.create("user", { name: SERVICE_USER, password: SERVICE_PASSWORD });
    const { roles } = await this.keystone.call<{ roles: readonly { id: string }[] }>("GET", "/roles?name=reader");
    await this.keystone.call("PUT", `/system/users/${user}/roles/${roles[0]?.id ?? ""}`);
    const [certificate, password] = [join(folder, "keystone-ca.pem"), join(folder, "keystone-password")];
    writeFileSync(certificate, this.keystone.caCertificate);
    writeFileSync(password, SERVICE_PASSWORD, { mode: 0o600 });
    const serviceUser = `{username: ${SERVICE_USER}, password: {file: ${password}}}`;
    const fields = [
      "type: keystone",
      `url: "${this.keystone.url}"`,
      `caCertificate: ${certificate}`,
      `serviceUser: ${serviceUser}`,
      ...(timeoutSeconds === undefined ? [] : [`timeoutSeconds: ${timeoutSeconds}`]),
    ];
    return `{${fields.join(", ")}}`;
  }
}
