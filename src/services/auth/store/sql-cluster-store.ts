import { readPage } from "./page.js";
import { clusterOf } from "./rows.js";
import type { SqlDatabase, SqlValue } from "./sql-database.js";
import { ConflictError, type ClusterStore, type Page, type PageRequest, type StoredCluster } from "./store.js";

const SELECT = "SELECT id, name, kubeconfig, admin_role, role_scope, created FROM clusters";

export class SqlClusterStore implements ClusterStore {
  constructor(private readonly database: SqlDatabase) {}

  async create(cluster: StoredCluster): Promise<void> {
    const created = await this.database.run(
      `INSERT INTO clusters (id, name, kubeconfig, admin_role, role_scope, created) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (name) DO NOTHING`,
      cluster.id,
      cluster.name,
      cluster.kubeconfig,
      cluster.adminRole,
      roleScope(cluster),
      cluster.created.getTime(),
    );
    if (created === 0) throw new ConflictError(`there is a cluster ${cluster.name} already`);
  }

  async find(id: string): Promise<StoredCluster | undefined> {
    const [row] = await this.database.all(`${SELECT} WHERE id = $1`, id);
    return row && clusterOf(row);
  }

  async findByName(name: string): Promise<StoredCluster | undefined> {
    const [row] = await this.database.all(`${SELECT} WHERE name = $1`, name);
    return row && clusterOf(row);
  }

  list({ name }: { readonly name?: string }, page: PageRequest): Promise<Page<StoredCluster>> {
    const query = name === undefined ? { where: [], values: [] } : { where: ["name = $1"], values: [name] };
    return readPage(this.database, { select: SELECT, ...query }, page, clusterOf);
  }

  async replace(cluster: StoredCluster): Promise<boolean> {
    const { id, kubeconfig, adminRole } = cluster;
    const sql = "UPDATE clusters SET kubeconfig = $1, admin_role = $2, role_scope = $3 WHERE id = $4";
    return (await this.database.run(sql, kubeconfig, adminRole, roleScope(cluster), id)) > 0;
  }

  async delete(id: string): Promise<boolean> {
    return (await this.database.run("DELETE FROM clusters WHERE id = $1", id)) > 0;
  }
}

function roleScope({ roleScope: scope }: StoredCluster): SqlValue {
  return scope === undefined ? null : JSON.stringify(scope);
}
