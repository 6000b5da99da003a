import { Construct } from "constructs";
import { managedNamespaces, ownerLabels } from "../shared/labels.js";
import { ValidatingAdmissionPolicy } from "../shared/validating-admission-policy.js";

export interface PlatformPolicyProps {
  /** In CEL: whether an operator or the platform itself asks. */
  readonly asksPlatform: string;
}

/**
 * Only the platform changes what is in managed namespaces. That is everything there: a token for an account of the platform, a
 * command in a pod or an eviction is a change too, and so is a status, by which controllers go, a lease, by which they know who
 * leads, or an event, which operators read.
 */
export class ManagedContents extends Construct {
  constructor(scope: Construct, id: string, { asksPlatform }: PlatformPolicyProps) {
    super(scope, id);
    new ValidatingAdmissionPolicy(this, "Default", {
      name: "rackspace-managed-contents",
      labels: ownerLabels,
      namespaceSelector: managedNamespaces,
      resourceRules: [
        {
          apiGroups: ["*"],
          apiVersions: ["*"],
          operations: ["CREATE", "UPDATE", "DELETE", "CONNECT"],
          resources: ["*/*"],
          scope: "Namespaced",
        },
      ],
      validations: [
        {
          expression: asksPlatform,
          message: "this namespace is managed: only the platform and its operators change what is in it",
        },
      ],
    });
  }
}
