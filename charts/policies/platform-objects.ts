import { Construct } from "constructs";
import { OWNER_LABEL, ownerLabels, PLATFORM } from "../shared/labels.js";
import { ValidatingAdmissionPolicy } from "../shared/validating-admission-policy.js";
import type { PlatformPolicyProps } from "./managed-contents.js";

/**
 * Only the platform changes what it owns of the cluster-wide objects: roles, bindings, priority classes, definitions, webhooks.
 * The API server asks no policy about policies and their bindings, or a mistake in one could never be mended: whoever
 * administers the cluster can remove them.
 */
export class PlatformObjects extends Construct {
  constructor(scope: Construct, id: string, { asksPlatform }: PlatformPolicyProps) {
    super(scope, id);
    new ValidatingAdmissionPolicy(this, "Default", {
      name: "rackspace-platform-objects",
      labels: ownerLabels,
      objectSelector: { matchLabels: { [OWNER_LABEL]: PLATFORM } },
      resourceRules: [
        {
          apiGroups: ["*"],
          apiVersions: ["*"],
          operations: ["CREATE", "UPDATE", "DELETE"],
          resources: ["*/*"],
          scope: "Cluster",
        },
      ],
      // They have a policy of their own.
      excludeResourceRules: [
        {
          apiGroups: [""],
          apiVersions: ["*"],
          operations: ["CREATE", "UPDATE", "DELETE"],
          resources: ["namespaces", "namespaces/*"],
        },
      ],
      validations: [
        {
          expression: asksPlatform,
          message: "the platform owns this object: only it and its operators change it",
        },
      ],
    });
  }
}
