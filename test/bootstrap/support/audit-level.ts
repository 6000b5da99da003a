/** What the API server knows of a request when it decides what to log of it. */
export interface AuditedRequest {
  readonly user: string;
  readonly groups: readonly string[];
  readonly verb: string;
  /** Of the resource; undefined for a path that is none. */
  readonly group?: string;
  /** With its subresource: `pods/exec`. */
  readonly resource?: string;
  readonly path?: string;
}

interface Rule {
  readonly level: string;
  readonly users?: readonly string[];
  readonly userGroups?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resources?: readonly { readonly group: string; readonly resources?: readonly string[] }[];
  readonly nonResourceURLs?: readonly string[];
}

/** The level of the first rule that a request matches. Source: k8s.io/apiserver/pkg/audit/policy/checker.go */
export function auditLevel({ rules }: { readonly rules: readonly Rule[] }, request: AuditedRequest): string {
  return rules.find((rule) => matches(rule, request))?.level ?? "None";
}

function matches(rule: Rule, request: AuditedRequest): boolean {
  const { user, groups, verb } = request;
  if (rule.users !== undefined && !rule.users.includes(user)) return false;
  if (rule.userGroups !== undefined && !rule.userGroups.some((group) => groups.includes(group))) return false;
  if (rule.verbs !== undefined && !rule.verbs.includes(verb)) return false;
  if (rule.resources === undefined && rule.nonResourceURLs === undefined) return true;
  return request.path === undefined ? matchesResource(rule, request) : matchesPath(rule, request.path);
}

function matchesResource({ resources = [] }: Rule, { group, resource = "" }: AuditedRequest): boolean {
  return resources.some((candidate) => {
    if (candidate.group !== group) return false;
    return candidate.resources === undefined || candidate.resources.includes(resource);
  });
}

function matchesPath({ nonResourceURLs = [] }: Rule, path: string): boolean {
  return nonResourceURLs.some((pattern) =>
    pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
  );
}
