import { Construct } from "constructs";
import {
  MANAGED_NAMESPACE_LABEL,
  ownerLabels,
  PRIVILEGED_PODS_ALLOWED,
  PRIVILEGED_PODS_LABEL,
} from "../shared/labels.js";
import { ValidatingAdmissionPolicy, type Validation } from "../shared/validating-admission-policy.js";
import { LEAST_PLATFORM_PRIORITY } from "../priorities/priority-classes.js";

const containers = (field: string) => `dyn(object.spec.?${field}.orValue([]))`;

/** Each knows those before it. A user of -1 is one that nobody has named. */
const variables = {
  containers: ["containers", "initContainers", "ephemeralContainers"].map(containers).join(" + "),
  podUser: "object.spec.?securityContext.?runAsUser.orValue(-1)",
  podNonRoot: "object.spec.?securityContext.?runAsNonRoot.orValue(false)",
};

const user = "container.?securityContext.?runAsUser.orValue(variables.podUser)";
const nonRoot = "container.?securityContext.?runAsNonRoot.orValue(variables.podNonRoot)";

const validations: readonly Validation[] = [
  {
    expression: ["hostNetwork", "hostPID", "hostIPC"]
      .map((field) => `!object.spec.?${field}.orValue(false)`)
      .join(" && "),
    message:
      "pods may not share the network, the processes or the memory of their node (hostNetwork, hostPID, hostIPC)",
  },
  {
    expression: "object.spec.?volumes.orValue([]).all(volume, !has(volume.hostPath))",
    message: "pods may not mount folders of their node (hostPath)",
  },
  {
    expression:
      "variables.containers.all(container, container.?ports.orValue([]).all(port, port.?hostPort.orValue(0) == 0))",
    message: "containers may not take ports of their node (hostPort)",
  },
  {
    expression: "variables.containers.all(container, !container.?securityContext.?privileged.orValue(false))",
    message: "containers may not be privileged",
  },
  {
    expression:
      'variables.containers.all(container, container.?securityContext.?capabilities.?add.orValue([]).all(capability, capability == "NET_BIND_SERVICE"))',
    message: "containers may add no capability but NET_BIND_SERVICE",
  },
  {
    expression: `variables.containers.all(container, ${user} > 0 || (${user} == -1 && ${nonRoot}))`,
    message: "containers may not run as root: set runAsNonRoot: true, or a runAsUser other than 0",
  },
  {
    expression: `object.spec.?priority.orValue(0) < ${LEAST_PLATFORM_PRIORITY}`,
    message: "pods may not have the priority of the platform's: choose a priorityClassName of less",
  },
];

/**
 * Pods of users take over no node and push out no managed service, in namespaces that operators have not labelled for it.
 * What PodSecurity warns of by default is refused here, and on EKS too, whose PodSecurity refuses nothing by default.
 *
 * Pods are asked about when they are made, and when a container is added to them: one from before must still be able to lose a
 * finalizer. Whoever asks, since most are made by controllers for somebody else.
 */
export class UsersPods extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const everywhereElse = [
      { key: MANAGED_NAMESPACE_LABEL, operator: "NotIn", values: ["true"] },
      { key: PRIVILEGED_PODS_LABEL, operator: "NotIn", values: [PRIVILEGED_PODS_ALLOWED] },
    ] as const;
    const pods = { apiGroups: [""], apiVersions: ["*"] };
    new ValidatingAdmissionPolicy(this, "Default", {
      name: "rackspace-users-pods",
      labels: ownerLabels,
      namespaceSelector: { matchExpressions: everywhereElse },
      resourceRules: [
        { ...pods, operations: ["CREATE"], resources: ["pods"] },
        { ...pods, operations: ["UPDATE"], resources: ["pods/ephemeralcontainers"] },
      ],
      variables,
      validations,
    });
  }
}
