import type { Check } from "./cluster-output.js";
import { everyField, ofKind, titleOf } from "./kube-object.js";

interface ServiceReference {
  readonly name: string;
  readonly namespace: string;
  /** @default 443 */
  readonly port?: number;
}

const HTTPS = 443;

/** Whom the API server asks exists, at the port that it asks. */
export const webhooks: Check = (output) =>
  ofKind(
    output.objects,
    "APIService",
    "ValidatingWebhookConfiguration",
    "MutatingWebhookConfiguration",
    "CustomResourceDefinition",
  ).flatMap((object) =>
    [...everyField(object)]
      .filter(([key, value]) => key === "service" && typeof value === "object")
      .flatMap(([, value]) => {
        const { name, namespace, port = HTTPS } = value as ServiceReference;
        const service = output.findService(namespace, name);
        const serves = service?.spec.ports?.some((each) => each.port === port) ?? false;
        return serves ? [] : [`${titleOf(object)}: Service ${namespace}/${name} does not serve ${port}`];
      }),
  );
