import { SqlClusterStore } from "./sql-cluster-store.js";
import { SqlLocalUserStore } from "./sql-local-user-store.js";
import { SqlOidcStore } from "./sql-oidc-store.js";
import { SqlSessionStore } from "./sql-session-store.js";
import { SqlSignInStore } from "./sql-sign-in-store.js";
import { SqlTokenStore } from "./sql-token-store.js";
import { SqlUserStore } from "./sql-user-store.js";
import type { SqlDatabase } from "./sql-database.js";
import type { Store } from "./store.js";

/** The store in a database whose migrations have been run. */
export class SqlStore implements Store {
  readonly users: SqlUserStore;
  readonly tokens: SqlTokenStore;
  readonly clusters: SqlClusterStore;
  readonly sessions: SqlSessionStore;
  readonly localUsers: SqlLocalUserStore;
  readonly signIns: SqlSignInStore;
  readonly oidc: SqlOidcStore;

  constructor(private readonly database: SqlDatabase) {
    this.users = new SqlUserStore(database);
    this.tokens = new SqlTokenStore(database);
    this.clusters = new SqlClusterStore(database);
    this.sessions = new SqlSessionStore(database);
    this.localUsers = new SqlLocalUserStore(database);
    this.signIns = new SqlSignInStore(database);
    this.oidc = new SqlOidcStore(database);
  }

  async ping(): Promise<void> {
    await this.database.all("SELECT 1 AS one");
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
