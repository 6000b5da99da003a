import { ApiObject } from "cdk8s";
import { Construct } from "constructs";

const API_VERSION = "admissionregistration.k8s.io/v1";

export type AdmissionOperation = "CREATE" | "UPDATE" | "DELETE" | "CONNECT";

/** Requests, by what they concern; `*` stands for everything. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly AdmissionOperation[];
  /** `pods`, `pods/exec`; with subresources `*` + `/*`. */
  readonly resources: readonly string[];
  /** @default - both */
  readonly scope?: "Cluster" | "Namespaced";
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
    readonly values?: readonly string[];
  }[];
}

/** What may not be. */
export interface Validation {
  /** In CEL; what it finds false is refused. */
  readonly expression: string;
  /** What the user reads. */
  readonly message: string;
}

export interface ValidatingAdmissionPolicyProps {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly resourceRules: readonly ResourceRule[];
  /** @default - none */
  readonly excludeResourceRules?: readonly ResourceRule[];
  /** @default - all, and objects that have none */
  readonly namespaceSelector?: LabelSelector;
  /** Matches when the object does, or the one before the change. @default - all */
  readonly objectSelector?: LabelSelector;
  /** In CEL, by name; each knows those before it. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  readonly validations: readonly Validation[];
}

/**
 * A rule that the API server itself asks before it stores anything, with the binding that puts it in force everywhere. What
 * it finds wrong, or cannot tell, is refused and stands in the audit log.
 * Source: kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy
 */
export class ValidatingAdmissionPolicy extends Construct {
  constructor(scope: Construct, id: string, props: ValidatingAdmissionPolicyProps) {
    super(scope, id);
    const { name, labels, variables = {}, validations, namespaceSelector, objectSelector } = props;
    const metadata = { name, labels: { ...labels } };
    const policy = new ApiObject(this, "Default", {
      apiVersion: API_VERSION,
      kind: "ValidatingAdmissionPolicy",
      metadata,
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: props.resourceRules,
          ...(props.excludeResourceRules && { excludeResourceRules: props.excludeResourceRules }),
          ...(namespaceSelector && { namespaceSelector }),
          ...(objectSelector && { objectSelector }),
        },
        variables: Object.entries(variables).map(([variable, expression]) => ({ name: variable, expression })),
        validations: validations.map((validation) => ({ ...validation, reason: "Forbidden" })),
      },
    });
    new ApiObject(this, "binding", {
      apiVersion: API_VERSION,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata,
      spec: { policyName: policy.name, validationActions: ["Deny", "Audit"] },
    });
  }
}
