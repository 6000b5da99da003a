import { formatPath, type Diagnostic, type Path } from "../diagnostics.js";
import { repeated } from "../../lib/repeated.js";
import type { EksSections, OpenStackSections } from "../schema/bootstrap.js";
import { nodeSets } from "./node-sets.js";
import type { CommonRule, EksRule, OpenStackRule } from "./rule.js";
import { workerGroups } from "./worker-groups.js";

interface DistinctList {
  readonly path: Path;
  /** By what two entries are the same. */
  readonly keys: readonly (string | number)[];
  /** The field of an entry that must differ; absent when it is the entry. */
  readonly field?: string;
}

function repetitions({ path, keys, field }: DistinctList): readonly Diagnostic[] {
  const entry = (index: number): Path => [...path, index, ...(field === undefined ? [] : [field])];
  return repeated(keys).map(({ index, first }) => ({
    path: entry(index),
    value: keys[index],
    problem: `repeats ${formatPath(entry(first))}`,
    expected: "a different one in each entry",
    remedy: "change or remove one of the two",
  }));
}

function commonLists(sections: Partial<OpenStackSections> | Partial<EksSections>): readonly DistinctList[] {
  const groups = workerGroups(sections) ?? [];
  return [
    { path: ["workers"], field: "name", keys: groups.map(({ name }) => name) },
    ...groups.map(({ path, taints }) => ({
      path: [...path, "taints"],
      keys: taints.map(({ key, effect }) => `${key}:${effect}`),
    })),
    { path: ["access", "sshKeys"], keys: sections.access?.sshKeys ?? [] },
    ...notificationLists(sections),
    { path: ["provider", "availabilityZones"], keys: sections.provider?.availabilityZones ?? [] },
  ];
}

function notificationLists({ services }: Pick<Partial<OpenStackSections>, "services">): readonly DistinctList[] {
  const path = ["services", "monitoring", "notifications"];
  const notifications = services?.monitoring.notifications ?? [];
  return [
    { path, field: "name", keys: notifications.map(({ name }) => name) },
    ...notifications.map(({ severities }, index) => ({ path: [...path, index, "severities"], keys: severities })),
  ];
}

function openStackLists(sections: Partial<OpenStackSections>): readonly DistinctList[] {
  const tenancy = sections.provider?.tenancy;
  return [
    ...nodeSets(sections).map(({ path, spec }) => ({ path: [...path, "ordinals"], keys: spec.ordinals ?? [] })),
    { path: ["pki", "ageRecipients"], keys: sections.pki?.ageRecipients ?? [] },
    { path: ["network", "dnsServers"], keys: sections.network?.dnsServers ?? [] },
    { path: ["provider", "tenancy", "roles"], keys: tenancy?.manage === true ? (tenancy.roles ?? []) : [] },
  ];
}

function eksLists({ provider, workers = [] }: Partial<EksSections>): readonly DistinctList[] {
  return [
    { path: ["provider", "adminRoleArns"], keys: provider?.adminRoleArns ?? [] },
    { path: ["provider", "repositories"], keys: provider?.repositories ?? [] },
    ...workers.map(({ instanceTypes }, index) => ({
      path: ["workers", index, "instanceTypes"],
      keys: instanceTypes,
    })),
  ];
}

export const entriesDiffer: CommonRule = (sections) => commonLists(sections).flatMap(repetitions);
export const openStackEntriesDiffer: OpenStackRule = (sections) => openStackLists(sections).flatMap(repetitions);
export const eksEntriesDiffer: EksRule = (sections) => eksLists(sections).flatMap(repetitions);
