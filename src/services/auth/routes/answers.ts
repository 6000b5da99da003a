import type { FastifyReply, FastifyRequest } from "fastify";
import type { Cluster } from "../../../api/clusters.js";
import { pagingHeaders } from "../../../api/paging.js";
import type { Token } from "../../../api/tokens.js";
import type { User } from "../../../api/users.js";
import type { Page, StoredCluster, StoredToken, StoredUser } from "../store/store.js";

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

export function userAnswer({ id, username, backend, created }: StoredUser): User {
  return { id, username, backend, created: created.toISOString() };
}

export function tokenAnswer(token: StoredToken, now: number, warningDays: number): Token {
  const daysLeft = Math.ceil((token.expires.getTime() - now) / DAY_MILLISECONDS);
  return {
    id: token.id,
    user_id: token.userId,
    description: token.description,
    expiry: token.expires.toISOString(),
    created: token.created.toISOString(),
    last_used: token.lastUsed?.toISOString() ?? null,
    clusters: token.clusters === undefined ? null : [...token.clusters],
    ...(daysLeft <= warningDays && { warning: warningOf(daysLeft) }),
  };
}

function warningOf(daysLeft: number): string {
  if (daysLeft <= 0) return "it has expired";
  return daysLeft === 1 ? "it expires within a day" : `it expires in ${daysLeft} days`;
}

export function clusterAnswer({ id, name, kubeconfig, adminRole, roleScope, created }: StoredCluster): Cluster {
  return {
    id,
    name,
    kubeconfig,
    admin_role: adminRole,
    role_scope: roleScope ?? null,
    master: "",
    node: "",
    created: created.toISOString(),
  };
}

/** Without the field that was not given: it would be one that is undefined. */
export function pageRequest({ limit, after }: { readonly limit: number; readonly after?: string | undefined }) {
  return { limit, ...(after !== undefined && { after }) };
}

/** A bare array; where the list goes on stands in headers. */
export function pageAnswer<T, A>(
  request: FastifyRequest,
  reply: FastifyReply,
  { items, next }: Page<T>,
  answerOf: (item: T) => A,
): A[] {
  if (next !== undefined) {
    const url = new URL(request.url, "http://localhost");
    url.searchParams.set("after", next);
    void reply.headers({
      [pagingHeaders.next]: next,
      [pagingHeaders.link]: `<${url.pathname}${url.search}>; rel="next"`,
    });
  }
  return items.map(answerOf);
}
