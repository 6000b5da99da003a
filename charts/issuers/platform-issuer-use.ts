import { Construct } from "constructs";
import { text } from "../shared/cel.js";
import { MANAGED_NAMESPACE_LABEL, ownerLabels } from "../shared/labels.js";
import { ValidatingAdmissionPolicy } from "../shared/validating-admission-policy.js";
import { PLATFORM_ISSUER } from "./platform-issuer.js";

const issuer = "object.spec.issuerRef";

/**
 * A ClusterIssuer signs for every namespace: without this, a user who may ask for certificates could have one in the name of a
 * service of the platform, whose programs would trust it.
 */
export class PlatformIssuerUse extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ValidatingAdmissionPolicy(this, "Default", {
      name: "rackspace-platform-issuer",
      labels: ownerLabels,
      namespaceSelector: {
        matchExpressions: [{ key: MANAGED_NAMESPACE_LABEL, operator: "NotIn", values: ["true"] }],
      },
      resourceRules: [
        {
          apiGroups: [PLATFORM_ISSUER.group],
          apiVersions: ["*"],
          operations: ["CREATE", "UPDATE"],
          resources: ["certificaterequests", "certificates"],
        },
      ],
      validations: [
        {
          expression: `!(${issuer}.name == ${text(PLATFORM_ISSUER.name)} && ${issuer}.?kind.orValue("Issuer") == ${text(PLATFORM_ISSUER.kind)})`,
          message: `the ClusterIssuer ${PLATFORM_ISSUER.name} is for the platform's own services: make an Issuer of your own`,
        },
      ],
    });
  }
}
