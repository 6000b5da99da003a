import { randomBytes } from "node:crypto";
import { parse } from "yaml";
import type { ObjectStoreAccess } from "../../../src/bootstrap/node-secrets.js";
import { type OpenStackLab } from "./openstack-lab.js";

interface Auth {
  readonly auth_url: string;
  readonly username: string;
  readonly password: string;
  readonly project_name: string;
}

interface Answer {
  readonly headers: Headers;
  readonly body: Buffer;
}

interface Session {
  readonly token: string;
  readonly userId: string;
  /** The public endpoint of the project's object store. */
  readonly objectStore: string;
}

/** A container in the lab's Swift, in a project of its own, and a service account with a credential for it. */
export class EtcdObjectStore {
  private constructor(
    readonly access: ObjectStoreAccess,
    readonly container: string,
    private readonly session: Session,
    private readonly undo: () => Promise<void>,
  ) {}

  static async create(lab: OpenStackLab, container: string): Promise<EtcdObjectStore> {
    const name = `etcd-${randomBytes(4).toString("hex")}`;
    const password = randomBytes(12).toString("hex");
    const text = lab.cloudsYaml({ adminCloud: "admin", cloud: "own", user: name, project: name, password, tls: false });
    const { clouds } = parse(text) as { clouds: Record<"admin" | "own", { auth: Auth }> };
    const admin = await signIn(clouds.admin.auth);
    const identity = async <T>(method: string, path: string, body?: unknown, session: Session = admin) => {
      const answer = await http(method, `${clouds.admin.auth.auth_url}/${path}`, session.token, body);
      return (answer.body.length === 0 ? undefined : JSON.parse(answer.body.toString())) as T;
    };
    const { project } = await identity<{ project: { id: string } }>("POST", "projects", {
      project: { name, domain_id: "default" },
    });
    const { user } = await identity<{ user: { id: string } }>("POST", "users", {
      user: { name, password, domain_id: "default" },
    });
    const { roles } = await identity<{ roles: { id: string }[] }>("GET", "roles?name=member");
    await identity("PUT", `projects/${project.id}/users/${user.id}/roles/${roles[0]?.id ?? ""}`);
    const own = await signIn(clouds.own.auth);
    const { application_credential: credential } = await identity<{
      application_credential: { id: string; secret: string };
    }>(
      "POST",
      `users/${own.userId}/application_credentials`,
      { application_credential: { name, unrestricted: false } },
      own,
    );
    await http("PUT", `${own.objectStore}/${container}`, own.token);
    const access: ObjectStoreAccess = {
      authUrl: clouds.own.auth.auth_url,
      credentialId: credential.id,
      credentialSecret: credential.secret,
      url: own.objectStore,
    };
    return new EtcdObjectStore(access, container, own, async () => {
      await identity("DELETE", `users/${user.id}`);
      await identity("DELETE", `projects/${project.id}`);
    });
  }

  /** Names, oldest first where they hold their time. */
  async list(): Promise<readonly string[]> {
    const { body } = await this.request("GET");
    return body
      .toString()
      .split("\n")
      .filter((line) => line !== "");
  }

  async download(name: string): Promise<Answer> {
    return this.request("GET", name);
  }

  /** Removes all of it. */
  async remove(): Promise<void> {
    for (const name of await this.list()) await this.request("DELETE", name);
    await this.request("DELETE");
    await this.undo();
  }

  private request(method: string, name?: string): Promise<Answer> {
    const place = name === undefined ? "" : `/${name}`;
    return http(method, `${this.access.url}/${this.container}${place}`, this.session.token);
  }
}

async function signIn({ auth_url: url, username, password, project_name: project }: Auth): Promise<Session> {
  const domain = { id: "default" };
  const { headers, body } = await http("POST", `${url}/auth/tokens`, undefined, {
    auth: {
      identity: { methods: ["password"], password: { user: { name: username, password, domain } } },
      scope: { project: { name: project, domain } },
    },
  });
  const { token } = JSON.parse(body.toString()) as {
    token: {
      user: { id: string };
      catalog: { type: string; endpoints: { interface: string; url: string }[] }[];
    };
  };
  const endpoints = token.catalog.find(({ type }) => type === "object-store")?.endpoints ?? [];
  const objectStore = endpoints.find(({ interface: who }) => who === "public")?.url;
  if (objectStore === undefined) throw new Error("the catalogue names no object store");
  return { token: headers.get("x-subject-token") ?? "", userId: token.user.id, objectStore };
}

async function http(method: string, url: string, token: string | undefined, body?: unknown): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { "X-Auth-Token": token }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`${method} ${url} was answered with ${answer.status}: ${bytes.toString()}`);
  return { headers: answer.headers, body: bytes };
}
