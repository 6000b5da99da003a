import type { ClusterConfig } from "../../config/cluster-config.js";
import type { Rule, RuleGroup } from "../alert-rule.js";
import { jobs } from "../jobs.js";

const postgres = `job="${jobs.postgres}"`;
const redis = `job="${jobs.redis}"`;

/** PostgreSQL of the registry and of kubernetes-auth, Redis of the registry. */
export function databaseRules(config: ClusterConfig): readonly RuleGroup[] {
  const { registry } = config.services;
  const hosted = registry.enabled || config.auth.mode === "hosted";
  return [
    {
      name: "postgresql",
      rules: [...(hosted ? servers : []), ...(registry.enabled ? [size(registry.databaseGiB)] : [])],
    },
    { name: "redis", rules: registry.enabled ? caches : [] },
  ];
}

const servers: readonly Rule[] = [
  {
    alert: "PostgresDown",
    expr: `pg_up{${postgres}} == 0 or absent(pg_up{${postgres}})`,
    for: "5m",
    severity: "critical",
    summary: "A PostgreSQL server does not answer, or its exporter is gone.",
    description: "Harbor or kubernetes-auth has no database: what needs one fails.",
  },
];

/** @param databaseGiB of the volume below the registry's database */
function size(databaseGiB: number): Rule {
  return {
    alert: "HarborDatabaseAlmostFull",
    expr: `
      sum by (instance) (pg_database_size_bytes{${postgres}}
      and on (instance) pg_database_size_bytes{${postgres},datname="registry"}) > ${Math.floor(databaseGiB * 0.8 * 1024 ** 3)}`,
    for: "30m",
    severity: "warning",
    summary: "The registry's database has grown to four fifths of its volume.",
    description: `The databases of {{ $labels.instance }} take {{ $value | humanize1024 }}B of ${databaseGiB} GiB.`,
  };
}

const caches: readonly Rule[] = [
  {
    alert: "RedisDown",
    expr: `redis_up{${redis}} == 0 or absent(redis_up{${redis}})`,
    for: "5m",
    severity: "critical",
    summary: "The registry's Redis does not answer, or its exporter is gone.",
    description: "Harbor has no sessions and runs no tasks without it.",
  },
];
