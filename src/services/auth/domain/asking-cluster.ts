import type { RoleScope } from "../../../api/clusters.js";
import type { ClusterStore } from "../store/store.js";

/** The cluster whose API server asks: the CN of its client certificate. */
export interface AskingCluster {
  readonly name: string;
  /** Undefined: no roles count, or nobody has registered the cluster. */
  readonly roleScope?: RoleScope;
}

interface Known {
  readonly cluster: AskingCluster;
  readonly readAt: number;
}

/** How long the record of a cluster holds: reviews ask for it with every token. */
const HOLDS_MILLISECONDS = 10_000;

/** The clusters that ask, by name. Certificates come from our authority, so there are no more names than clusters. */
export class AskingClusters {
  private readonly known = new Map<string, Known>();

  /** @param now milliseconds since 1970 */
  constructor(
    private readonly clusters: Pick<ClusterStore, "findByName">,
    private readonly now: () => number,
  ) {}

  /** @throws StoreUnavailableError when it was never read, or long ago */
  async find(name: string): Promise<AskingCluster> {
    const now = this.now();
    const known = this.known.get(name);
    if (known !== undefined && now - known.readAt < HOLDS_MILLISECONDS) return known.cluster;
    const record = await this.clusters.findByName(name);
    const cluster = { name, ...(record?.roleScope !== undefined && { roleScope: record.roleScope }) };
    this.known.set(name, { cluster, readAt: now });
    return cluster;
  }

  /** It has just been changed here. */
  forget(name: string): void {
    this.known.delete(name);
  }
}
