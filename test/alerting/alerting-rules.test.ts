import { describe, expect, it } from "@jest/globals";
import { alertsOf, isAlert, type AlertRule, type RuleGroup } from "../../src/alerting/alert-rule.js";
import { alertingRules } from "../../src/alerting/alerting-rules.js";
import { jobs } from "../../src/alerting/jobs.js";
import { renewalDays } from "../../src/alerting/rules/certificates.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { eksCluster, openStackCluster } from "../support/clusters.js";

const clusters: Readonly<Record<string, ClusterConfig>> = { OpenStack: openStackCluster(), EKS: eksCluster() };

function names(config: ClusterConfig): readonly string[] {
  return alertsOf(alertingRules(config)).map(({ alert }) => alert);
}

function alertOf(config: ClusterConfig, name: string): AlertRule {
  const found = alertsOf(alertingRules(config)).find(({ alert }) => alert === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

function expressions(groups: readonly RuleGroup[]): string {
  return groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)).join("\n");
}

describe.each(Object.entries(clusters))("the alerts of a cluster on %s", (_provider, config) => {
  const groups = alertingRules(config);
  const alerts = alertsOf(groups);

  it("have names in CamelCase, no two alike", () => {
    expect(alerts.filter(({ alert }) => !/^([A-Z][A-Za-z0-9]*)$/.test(alert))).toEqual([]);
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it("stand in groups with names of their own", () => {
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
  });

  it("say in a sentence without templates what is wrong, and in another where", () => {
    for (const { alert, summary, description } of alerts) {
      expect([alert, summary]).toEqual([alert, expect.stringMatching(/^[^{}"\n]+\.$/)]);
      expect([alert, description]).toEqual([alert, expect.stringMatching(/^[^\n]+\.$/)]);
    }
  });

  it("are asked on one line", () => {
    expect(groups.flatMap(({ rules }) => rules).filter(({ expr }) => /\n|^\s|\s$/.test(expr))).toEqual([]);
  });

  it("have the dead man's switch, which always fires, and no other such", () => {
    const heartbeats = alerts.filter(({ heartbeat }) => heartbeat === true);
    expect(heartbeats.map(({ alert, expr }) => [alert, expr])).toEqual([["DeadMansSwitch", "vector(1)"]]);
  });

  it("read recordings that there are", () => {
    const recorded = groups.flatMap(({ rules }) => rules.flatMap((rule) => (isAlert(rule) ? [] : [rule.record])));
    const read = expressions(groups).match(/\b\w+:\w+:\w+\b/g) ?? [];
    expect(recorded.filter((record) => !/^\w+:\w+:\w+$/.test(record))).toEqual([]);
    expect(new Set(read)).toEqual(new Set(recorded));
  });

  it("name jobs that there are", () => {
    const named = [...expressions(groups).matchAll(/\bjob=~?"([^"]+)"/g)].flatMap(([, job = ""]) => job.split("|"));
    expect(named.filter((job) => !Object.values<string>(jobs).includes(job))).toEqual([]);
  });

  it("call nobody for what users run: pods and volumes are those of managed namespaces", () => {
    const users = alerts.filter(
      ({ expr }) =>
        /kube_(pod_container_status|deployment|statefulset|daemonset|job|cronjob)_|kubelet_volume_stats/.test(expr) &&
        !/namespace=~|namespace="kube-system"/.test(expr),
    );
    expect(users).toEqual([]);
  });
});

it("every job is watched on some provider", () => {
  const all = Object.values(clusters).map((config) => expressions(alertingRules(config)));
  const unwatched = Object.values(jobs).filter((job) => !all.some((text) => new RegExp(`["|]${job}["|]`).test(text)));
  expect(unwatched).toEqual([]);
});

describe("the cluster decides which alerts there are", () => {
  it("none without monitoring", () => {
    expect(alertingRules(openStackCluster({ services: { monitoring: { enabled: false } } }))).toEqual([]);
  });

  it("none on EKS of what Amazon runs there", () => {
    expect(
      names(eksCluster()).filter((name) => /^Etcd|Scheduler|ControllerManager|^KubeAPIServer|^Cloud/.test(name)),
    ).toEqual([]);
    expect(names(openStackCluster())).toEqual(
      expect.arrayContaining(["EtcdQuorumLost", "KubeSchedulerDown", "KubeControllerManagerDown"]),
    );
  });

  it.each([
    ["logging", /^(Elasticsearch|Fluentd)/],
    ["registry", /^(Harbor|Redis)/],
    ["backup", /^(Velero|EtcdSnapshot)/],
    ["ingress", /^(Ingress|PlatformHost)/],
  ])("none of %s when it is not enabled", (service, pattern) => {
    const count = (enabled: boolean) =>
      names(openStackCluster({ services: { [service]: { enabled } } })).filter((name) => pattern.test(name)).length;
    expect(count(true)).toBeGreaterThan(0);
    expect(count(false)).toBe(0);
  });

  it("kubernetes-auth is watched where it runs, and the API server that asks it wherever it runs", () => {
    const external = names(openStackCluster({ auth: { mode: "external", url: "https://auth.example.com" } }));
    expect(external.filter((name) => name.startsWith("KubernetesAuth"))).toEqual([]);
    expect(external).toContain("KubeAPIAuthenticationErrors");
    expect(names(openStackCluster())).toContain("KubernetesAuthDown");
  });

  it("a database is watched as long as somebody keeps data in it", () => {
    const withoutRegistry = { services: { registry: { enabled: false } } };
    const external = { auth: { mode: "external", url: "https://auth.example.com" } };
    expect(names(openStackCluster(withoutRegistry))).toContain("PostgresDown");
    expect(names(openStackCluster({ ...withoutRegistry, ...external }))).not.toContain("PostgresDown");
  });

  it("Calico is not watched where Flannel is the network", () => {
    expect(names(openStackCluster({ network: { cni: "flannel" } }))).not.toContain("CalicoPolicyFailing");
    expect(names(openStackCluster())).toContain("CalicoPolicyFailing");
  });

  it("an Alertmanager alone has no members to miss", () => {
    const alone = openStackCluster({ services: { monitoring: { replicas: 1 } } });
    expect(names(alone)).not.toContain("AlertmanagerMembersMissing");
  });
});

describe("thresholds follow from bootstrap.yaml", () => {
  it.each([
    [{ count: 3 }, 2, 3],
    [{ count: 5 }, 3, 5],
  ])("etcd's quorum, with %j", (etcd, quorum, members) => {
    const config = openStackCluster({ etcd });
    expect(alertOf(config, "EtcdQuorumLost").expr).toMatch(new RegExp(`< ${quorum}$`));
    expect(alertOf(config, "EtcdMemberMissing").expr).toMatch(new RegExp(`< ${members}$`));
  });

  it("etcd's members are the controllers when it is stacked", () => {
    const config = openStackCluster({ etcd: { stacked: true }, controlPlane: { count: 3 } });
    expect(alertOf(config, "EtcdMemberMissing").expr).toMatch(/< 3$/);
  });

  it("a snapshot is missing an hour after it was due", () => {
    const config = openStackCluster({ services: { backup: { etcdSnapshotHours: 4 } } });
    expect(alertOf(config, "EtcdSnapshotMissing").expr).toContain("[5h]");
  });

  it("logs are too old two days after they should have been deleted", () => {
    const config = openStackCluster({ services: { logging: { retentionDays: 14 } } });
    expect(alertOf(config, "ElasticsearchRetentionOverdue").expr).toMatch(new RegExp(`> ${16 * 86_400}$`));
  });

  it("the registry's database fills four fifths of its volume", () => {
    const config = openStackCluster({ services: { registry: { databaseGiB: 50 } } });
    expect(alertOf(config, "HarborDatabaseAlmostFull").expr).toMatch(new RegExp(`> ${40 * 1024 ** 3}$`));
  });

  it("Elasticsearch and Alertmanager lack replicas", () => {
    const services = { logging: { replicas: 5 }, monitoring: { replicas: 3 } };
    const config = openStackCluster({ services, workers: [{ name: "default", count: 5 }] });
    expect(alertOf(config, "ElasticsearchNodesMissing").expr).toMatch(/< 5$/);
    expect(alertOf(config, "AlertmanagerMembersMissing").expr).toMatch(/< 3$/);
  });

  it("a certificate must be renewed thirty days before it ends, or in the last third of a short life", () => {
    expect(renewalDays(365)).toEqual({ warning: 30, critical: 7.5 });
    expect(renewalDays(30)).toEqual({ warning: 10, critical: 2.5 });
    expect(renewalDays(1).warning).toBeLessThan(1);
  });
});
