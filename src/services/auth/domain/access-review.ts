import type { SubjectAccessReviewRequest } from "../../../api/subject-access-review.js";
import type { DenyRule } from "../settings.js";

type Spec = SubjectAccessReviewRequest["spec"];

/** @returns why the request is refused; undefined when there is no opinion, and others decide */
export function denialOf(spec: Spec, rules: readonly DenyRule[]): string | undefined {
  return rules.find((rule) => applies(rule, spec))?.reason;
}

function applies(
  rule: DenyRule,
  { user = "", groups = [], group = [], resourceAttributes, nonResourceAttributes }: Spec,
) {
  const memberOf = [...groups, ...group];
  const verb = resourceAttributes?.verb ?? nonResourceAttributes?.verb ?? "";
  return (
    isOneOf(rule.users, [user]) &&
    isOneOf(rule.groups, memberOf) &&
    !(rule.exceptGroups ?? []).some((each) => memberOf.includes(each)) &&
    isOneOf(rule.verbs, [verb, "*"]) &&
    isOneOf(rule.resources, resourceNames(resourceAttributes)) &&
    isOneOf(rule.namespaces, [resourceAttributes?.namespace ?? ""])
  );
}

/** What is not named does not matter. */
function isOneOf(named: readonly string[] | undefined, actual: readonly string[]): boolean {
  return named === undefined || named.some((each) => actual.includes(each));
}

function resourceNames(attributes: Spec["resourceAttributes"]): readonly string[] {
  const { resource, subresource = "" } = attributes ?? {};
  if (resource === undefined) return [];
  return ["*", subresource === "" ? resource : `${resource}/${subresource}`];
}
