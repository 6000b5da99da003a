import { Construct } from "constructs";
import { text, texts } from "../shared/cel.js";
import { MANAGED_NAMESPACE_LABEL, operatorsLabels, ownerLabels } from "../shared/labels.js";
import { ValidatingAdmissionPolicy } from "../shared/validating-admission-policy.js";
import type { PlatformPolicyProps } from "./managed-contents.js";

/** Labels of an object that may be absent, as it is before a creation and after a deletion. */
const labelsOf = (object: string) => `${object} == null ? {} : dyn(${object}.metadata.?labels.orValue({}))`;

/**
 * Only the platform changes managed namespaces themselves, and the labels by which policies know namespaces. Selectors look
 * at the labels that a namespace shall have, so one that is about to lose them would escape: this policy selects nothing.
 */
export class NamespaceLabels extends Construct {
  constructor(scope: Construct, id: string, { asksPlatform }: PlatformPolicyProps) {
    super(scope, id);
    new ValidatingAdmissionPolicy(this, "Default", {
      name: "rackspace-namespaces",
      labels: ownerLabels,
      resourceRules: [
        {
          apiGroups: [""],
          apiVersions: ["*"],
          operations: ["CREATE", "UPDATE", "DELETE"],
          resources: ["namespaces", "namespaces/status", "namespaces/finalize"],
        },
      ],
      variables: {
        asksPlatform,
        before: labelsOf("oldObject"),
        after: labelsOf("object"),
        managed: `${text(MANAGED_NAMESPACE_LABEL)} in variables.before`,
        relabelled: `request.operation != "DELETE" && ${texts(operatorsLabels)}.exists(label, variables.before[?label] != variables.after[?label])`,
      },
      validations: [
        {
          expression: "variables.asksPlatform || !variables.managed",
          message: "this namespace is managed: only the platform and its operators change it",
        },
        {
          expression: "variables.asksPlatform || !variables.relabelled",
          message: `only the platform's operators give and take the labels ${operatorsLabels.join(", ")}`,
        },
      ],
    });
  }
}
