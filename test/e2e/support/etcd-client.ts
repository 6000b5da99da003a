import { Agent, request } from "node:https";

export interface EtcdClientOptions {
  /** How long an answer may take. @default 5000 */
  readonly timeoutMs?: number;
}

export interface EtcdMemberEntry {
  readonly id: string;
  readonly name?: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
}

/** Key and value with what etcd keeps of its history. */
export interface EtcdEntry {
  readonly key: string;
  readonly value: string;
  readonly createRevision: string;
  readonly modRevision: string;
  readonly version: string;
}

interface Entry {
  readonly key: string;
  readonly value?: string;
  readonly create_revision: string;
  readonly mod_revision: string;
  readonly version: string;
}

const encode = (text: string) => Buffer.from(text).toString("base64");
const decode = (text: string) => Buffer.from(text, "base64").toString();

/** One member, asked by its gateway to gRPC. Source: etcd.io/docs/v3.6/dev-guide/api_grpc_gateway */
export class EtcdClient {
  private readonly agent: Agent;
  private readonly timeoutMs: number;

  /**
   * @param address the member's, e.g. 10.0.0.16
   * @param tls PEM texts
   */
  constructor(
    readonly address: string,
    tls: { readonly ca: string; readonly cert: string; readonly key: string },
    { timeoutMs = 5000 }: EtcdClientOptions = {},
  ) {
    this.agent = new Agent({ keepAlive: true, ...tls });
    this.timeoutMs = timeoutMs;
  }

  close(): void {
    this.agent.destroy();
  }

  /** Resolves when etcd has acknowledged it. */
  async put(key: string, value: string): Promise<void> {
    await this.call("kv/put", { key: encode(key), value: encode(value) });
  }

  async deleteAll(prefix: string): Promise<void> {
    await this.call("kv/deleterange", rangeOf(prefix));
  }

  /** Forgets what keys were before. */
  async compact(): Promise<void> {
    const { header } = await this.call<{ header: { revision: string } }>("kv/range", { key: encode("/") });
    await this.call("kv/compaction", { revision: header.revision, physical: true });
  }

  /**
   * Every key below a prefix.
   *
   * @param source "cluster": as a quorum has it; "member": as this member has it
   */
  async entries(prefix: string, source: "cluster" | "member" = "cluster"): Promise<readonly EtcdEntry[]> {
    const body = { ...rangeOf(prefix), serializable: source === "member" };
    const { kvs = [] } = await this.call<{ kvs?: readonly Entry[] }>("kv/range", body);
    return kvs.map((entry) => ({
      key: decode(entry.key),
      value: decode(entry.value ?? ""),
      createRevision: entry.create_revision,
      modRevision: entry.mod_revision,
      version: entry.version,
    }));
  }

  /** As a quorum has them. */
  async members(): Promise<readonly EtcdMemberEntry[]> {
    const { members } = await this.call<{ members: { ID: string; name?: string; peerURLs: []; clientURLs?: [] }[] }>(
      "cluster/member/list",
      { linearizable: true },
    );
    return members.map(({ ID, name, peerURLs, clientURLs = [] }) => ({
      id: ID,
      ...(name !== undefined && { name }),
      peerUrls: peerURLs,
      clientUrls: clientURLs,
    }));
  }

  async status(): Promise<{ readonly id: string; readonly leader: string; readonly dbBytes: number }> {
    const status = await this.call<{ header: { member_id: string }; leader: string; dbSize: string }>(
      "maintenance/status",
      {},
    );
    return { id: status.header.member_id, leader: status.leader, dbBytes: Number(status.dbSize) };
  }

  private call<T>(path: string, body: unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      const { agent, address: host, timeoutMs: timeout } = this;
      const sent = request({ agent, host, port: 2379, path: `/v3/${path}`, method: "POST", timeout }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if (answer.statusCode === 200) resolve(JSON.parse(text) as T);
          else reject(new Error(`${host}: ${path} was answered with ${answer.statusCode ?? "nothing"}: ${text}`));
        });
      });
      sent.on("timeout", () => sent.destroy(new Error(`${host}: no answer to ${path}`)));
      sent.on("error", reject);
      sent.end(JSON.stringify(body));
    });
  }
}

/** Everything that begins with the prefix, which is ASCII and not empty. */
function rangeOf(prefix: string) {
  const last = prefix.charCodeAt(prefix.length - 1);
  return { key: encode(prefix), range_end: encode(prefix.slice(0, -1) + String.fromCharCode(last + 1)) };
}
