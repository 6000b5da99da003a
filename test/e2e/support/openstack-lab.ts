import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { runCommand } from "./process.js";

interface Cloud {
  readonly auth: { readonly auth_url: string; readonly password: string } & Readonly<Record<string, string>>;
  readonly region_name: string;
  readonly cacert?: string;
}

/** The OpenStack control plane that openstack/up.sh started. */
export class OpenStackLab {
  private readonly root = process.env["KAAS_LAB_ROOT"] ?? join(tmpdir(), "kaas-openstack-lab");
  private readonly clouds: Readonly<Record<string, Cloud>>;

  constructor() {
    const text = readFileSync(join(this.root, "clouds.yaml"), "utf8");
    this.clouds = (parse(text) as { clouds: Record<string, Cloud> }).clouds;
  }

  /** PEM text of the CA that signed Keystone's https endpoint. */
  get caCertificate(): string {
    return readFileSync(join(this.root, "ca.pem"), "utf8");
  }

  /**
   * A clouds.yaml with the cloud admin under `adminCloud` and the service account under `cloud`.
   *
   * @param tls by https; the CA is not named, so that only the product's own setting makes it trusted
   */
  cloudsYaml(names: {
    adminCloud: string;
    cloud: string;
    user: string;
    project: string;
    password: string;
    tls: boolean;
  }) {
    const admin = this.admin(names.tls);
    const { cacert: _cacert, ...adminWithoutCa } = admin;
    const serviceAccount = {
      region_name: admin.region_name,
      identity_api_version: 3,
      auth: {
        auth_url: admin.auth.auth_url,
        username: names.user,
        password: names.password,
        project_name: names.project,
        user_domain_name: "Default",
        project_domain_name: "Default",
      },
    };
    return stringify({ clouds: { [names.adminCloud]: adminWithoutCa, [names.cloud]: serviceAccount } });
  }

  /** What of a cluster is still in the cloud, asked of its APIs: names by kind, empty kinds left out. */
  async leftovers(cluster: string, project: string): Promise<Readonly<Record<string, readonly string[]>>> {
    const script = join(import.meta.dirname, "../openstack/leftovers.py");
    const text = await runCommand(`leftovers of ${cluster}`, "/usr/bin/python3", [script, cluster, project], {
      cwd: this.root,
      environment: { OS_CLIENT_CONFIG_FILE: join(this.root, "clouds.yaml"), OS_CLOUD: "lab-admin" },
    });
    const found = JSON.parse(text) as Record<string, readonly string[]>;
    return Object.fromEntries(Object.entries(found).filter(([, names]) => names.length > 0));
  }

  /** What Nova stores for a cluster's servers: user-data in base64, by the server's name. */
  async userData(cluster: string): Promise<Readonly<Record<string, string>>> {
    const script = join(import.meta.dirname, "../openstack/user-data.py");
    const text = await runCommand(`user-data of ${cluster}`, "/usr/bin/python3", [script, cluster], {
      cwd: this.root,
      environment: { OS_CLIENT_CONFIG_FILE: join(this.root, "clouds.yaml"), OS_CLOUD: "lab-admin" },
    });
    return JSON.parse(text) as Record<string, string>;
  }

  private admin(tls: boolean): Cloud {
    const cloud = this.clouds[tls ? "lab-admin-tls" : "lab-admin"];
    if (cloud === undefined) throw new Error(`the lab's clouds.yaml in ${this.root} lacks its admin`);
    return cloud;
  }
}
