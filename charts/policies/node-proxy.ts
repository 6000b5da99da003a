import { Construct } from "constructs";
import { ownerLabels } from "../shared/labels.js";
import { ValidatingAdmissionPolicy } from "../shared/validating-admission-policy.js";
import type { PlatformPolicyProps } from "./managed-contents.js";

/** Only the platform talks to kubelets through the API server: they run commands in pods of every namespace. */
export class NodeProxy extends Construct {
  constructor(scope: Construct, id: string, { asksPlatform }: PlatformPolicyProps) {
    super(scope, id);
    new ValidatingAdmissionPolicy(this, "Default", {
      name: "rackspace-node-proxy",
      labels: ownerLabels,
      resourceRules: [{ apiGroups: [""], apiVersions: ["*"], operations: ["CONNECT"], resources: ["nodes/proxy"] }],
      validations: [
        {
          expression: asksPlatform,
          message: "kubelets serve managed namespaces too: only the platform and its operators talk to them",
        },
      ],
    });
  }
}
