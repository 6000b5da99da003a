import type { Check } from "./cluster-output.js";
import { ofKind, titleOf, type Labels } from "./kube-object.js";
import { listensOn } from "./pod-sets.js";
import type { Service } from "./service.js";

/** Every Service selects pods, and all of these listen on its ports. */
export const services: Check = (output) =>
  (ofKind(output.objects, "Service") as readonly Service[]).flatMap((service) => {
    const { selector, ports = [] } = service.spec;
    if (selector === undefined) {
      // Its addresses are told by hand then.
      const told = ofKind(output.objects, "EndpointSlice").some(
        ({ metadata }) =>
          metadata.namespace === service.metadata.namespace &&
          metadata.labels?.["kubernetes.io/service-name"] === service.metadata.name,
      );
      return told ? [] : [`${titleOf(service)} selects nothing and has no addresses`];
    }
    const pods = output.podsIn(service.metadata.namespace ?? "", { matchLabels: selector });
    if (pods.length === 0 && !isStaticPods(selector)) return [`${titleOf(service)} selects no pods`];
    return pods.flatMap((each) =>
      ports
        .filter(({ port, targetPort = port, protocol }) => !listensOn(each, targetPort, protocol))
        .map(({ port, targetPort = port }) => `${titleOf(service)}: ${each.title} does not listen on ${targetPort}`),
    );
  });

/** kubeadm's pods of the control plane, which the kubelet starts without the API. */
function isStaticPods(selector: Labels): boolean {
  return ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"].includes(selector["component"] ?? "");
}
