import type { SqlRow } from "./sql-database.js";
import type { StoredCluster, StoredLocalUser, StoredRoleScope, StoredToken, StoredUser } from "./store.js";

/** Rows of the tables as what the store gives. A column is of the type that this program wrote. */

export function userOf(row: SqlRow): StoredUser {
  return {
    id: String(row["id"]),
    backend: String(row["backend"]),
    subject: String(row["subject"]),
    username: String(row["username"]),
    created: dateOf(row["created"]),
  };
}

export function tokenOf(row: SqlRow): StoredToken {
  const { deleted, last_used: lastUsed, clusters } = row;
  return {
    id: String(row["id"]),
    userId: String(row["user_id"]),
    description: String(row["description"]),
    created: dateOf(row["created"]),
    expires: dateOf(row["expires"]),
    ...(isSet(deleted) && { deleted: dateOf(deleted) }),
    ...(isSet(lastUsed) && { lastUsed: dateOf(lastUsed) }),
    ...(isSet(clusters) && { clusters: JSON.parse(String(clusters)) as string[] }),
  };
}

export function clusterOf(row: SqlRow): StoredCluster {
  const { role_scope: roleScope } = row;
  return {
    id: String(row["id"]),
    name: String(row["name"]),
    kubeconfig: String(row["kubeconfig"]),
    adminRole: String(row["admin_role"]),
    ...(isSet(roleScope) && { roleScope: JSON.parse(String(roleScope)) as StoredRoleScope }),
    created: dateOf(row["created"]),
  };
}

export function localUserOf(row: SqlRow): StoredLocalUser {
  return {
    username: String(row["username"]),
    passwordHash: String(row["password_hash"]),
    groups: JSON.parse(String(row["member_of"])) as string[],
    disabled: Number(row["disabled"]) !== 0,
  };
}

/** PostgreSQL's driver gives a BIGINT as a text. */
function dateOf(value: SqlRow[string] | undefined): Date {
  return new Date(Number(value));
}

function isSet(value: SqlRow[string] | undefined): boolean {
  return value !== null && value !== undefined;
}
