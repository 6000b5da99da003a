import type { Diagnostic } from "../diagnostics.js";
import { objectStorageOf } from "../distributions.js";
import type { CommonRule, OpenStackRule } from "./rule.js";
import { totalSize, untainted, workerGroups } from "./worker-groups.js";

export const servicesHaveWorkers: CommonRule = (sections) => {
  const groups = workerGroups(sections) ?? [];
  if (totalSize(groups) === 0 || totalSize(untainted(groups)) > 0) return [];
  const diagnostic: Diagnostic = {
    path: ["workers"],
    problem: "has a NoSchedule or NoExecute taint on every worker",
    expected: "at least one worker without: the managed services tolerate no taint of yours",
    remedy: "add a pool without taints",
  };
  return [diagnostic];
};

const REPLICATED = ["logging", "monitoring", "ingress"] as const;

/** Replicas of one service stand on different nodes, or the loss of a node takes more than one of them. */
export const replicasHaveNodes: CommonRule = (sections) => {
  const { services } = sections;
  const nodes = totalSize(untainted(workerGroups(sections) ?? []));
  if (services === undefined || nodes === 0) return [];
  return REPLICATED.filter((service) => services[service].enabled && services[service].replicas > nodes).map(
    (service) => ({
      path: ["services", service, "replicas"],
      value: services[service].replicas,
      problem: `needs as many workers, and ${nodes === 1 ? "only 1 takes" : `only ${nodes} take`} pods without a toleration`,
      expected: `at most ${nodes}`,
      remedy: nodes === 1 ? "write 1, or add workers" : `write ${nodes} or less, or add workers`,
    }),
  );
};

/** Two master-eligible nodes elect none when one is lost: it is one node's safety at the price of two. */
export const loggingHasAQuorum: CommonRule = ({ services }) => {
  if (services === undefined || !services.logging.enabled || services.logging.replicas !== 2) return [];
  const diagnostic: Diagnostic = {
    path: ["services", "logging", "replicas"],
    value: 2,
    problem: "two Elasticsearch nodes have no quorum when one is lost",
    expected: "1, or 3 and more",
    remedy: "write 3 to survive the loss of a node",
  };
  return [diagnostic];
};

/** To tell nobody is a choice, as the alerts are seen elsewhere; to tell somebody all but the worst is a mistake. */
export const criticalAlertsReachSomebody: CommonRule = ({ services }) => {
  const notifications = services?.monitoring.notifications ?? [];
  if (notifications.length === 0 || notifications.some(({ severities }) => severities.includes("critical"))) return [];
  const diagnostic: Diagnostic = {
    path: ["services", "monitoring", "notifications"],
    problem: "none of them is told critical alerts",
    expected: "at least one whose severities include critical",
    remedy: "add `critical` to the severities of one",
  };
  return [diagnostic];
};

const STORING = { registry: "Harbor keeps images", backup: "Velero keeps backups" } as const;

export const objectsHaveAStore: OpenStackRule = ({ provider, services }) => {
  if (provider === undefined || services === undefined || objectStorageOf(provider) !== "none") return [];
  return (Object.keys(STORING) as (keyof typeof STORING)[])
    .filter((service) => services[service].enabled)
    .map((service) => ({
      path: ["services", service, "enabled"],
      value: true,
      problem: `${STORING[service]} in object storage, and \`provider.objectStorage\` is none`,
      expected: `false without object storage`,
      remedy: `write \`${service}: {enabled: false}\`, or name the cloud's object storage`,
    }));
};
