import type { Check, ClusterOutput } from "./cluster-output.js";
import { everyField, ofKind, selects, titleOf, type KubeObject, type LabelSelector } from "./kube-object.js";

/** What custom resources, and others that name objects of their own, refer to. */
export const customResources: Check = (output) => [
  ...issuers(output),
  ...policyBindings(output),
  ...alertmanagers(output),
  ...storageClasses(output),
  ...watched(output),
];

interface Certificate extends KubeObject {
  readonly spec: { readonly issuerRef: { readonly kind?: string; readonly name: string } };
}

/** Every certificate has an issuer. */
const issuers: Check = (output) =>
  (ofKind(output.objects, "Certificate") as readonly Certificate[]).flatMap((certificate) => {
    const { kind = "Issuer", name } = certificate.spec.issuerRef;
    const namespace = kind === "Issuer" ? certificate.metadata.namespace : undefined;
    return output.has(kind, namespace, name) ? [] : [`${titleOf(certificate)}: there is no ${kind} ${name}`];
  });

interface PolicyBinding extends KubeObject {
  readonly spec: { readonly policyName: string };
}

/** Every binding binds a policy, and every policy is bound. */
const policyBindings: Check = ({ objects }) => {
  const bindings = ofKind(objects, "ValidatingAdmissionPolicyBinding") as readonly PolicyBinding[];
  const policies = ofKind(objects, "ValidatingAdmissionPolicy");
  return [
    ...bindings
      .filter(({ spec }) => !policies.some(({ metadata }) => metadata.name === spec.policyName))
      .map((binding) => `${titleOf(binding)}: there is no policy ${binding.spec.policyName}`),
    ...policies
      .filter(({ metadata }) => !bindings.some(({ spec }) => spec.policyName === metadata.name))
      .map((policy) => `${titleOf(policy)} is bound nowhere`),
  ];
};

interface Prometheus extends KubeObject {
  readonly spec: {
    readonly alerting?: {
      readonly alertmanagers: readonly { readonly name: string; readonly namespace?: string; readonly port: string }[];
    };
    readonly [selector: string]: unknown;
  };
}

interface Alertmanager extends KubeObject {
  readonly spec: { readonly alertmanagerConfiguration?: { readonly name?: string } };
}

/** Every Prometheus knows an Alertmanager that listens, and every Alertmanager its configuration. */
const alertmanagers: Check = (output) => [
  ...(ofKind(output.objects, "Prometheus") as readonly Prometheus[]).flatMap((prometheus) =>
    (prometheus.spec.alerting?.alertmanagers ?? []).flatMap(
      ({ name, namespace = prometheus.metadata.namespace, port }) => {
        const service = output.findService(namespace, name);
        const serves = service?.spec.ports?.some((each) => each.name === port) ?? false;
        return serves ? [] : [`${titleOf(prometheus)}: Service ${name} does not serve ${port}`];
      },
    ),
  ),
  ...(ofKind(output.objects, "Alertmanager") as readonly Alertmanager[]).flatMap((alertmanager) => {
    const name = alertmanager.spec.alertmanagerConfiguration?.name;
    if (name === undefined || output.has("AlertmanagerConfig", alertmanager.metadata.namespace, name)) return [];
    return [`${titleOf(alertmanager)}: there is no AlertmanagerConfig ${name}`];
  }),
];

const storageClasses: Check = (output) =>
  output.objects.flatMap((object) =>
    [...everyField(object)]
      .filter(([field]) => field === "storageClassName")
      .filter(([, name]) => !output.has("StorageClass", undefined, String(name)))
      .map(([, name]) => `${titleOf(object)}: there is no StorageClass ${String(name)}`),
  );

/** What a Prometheus chooses what it watches by. */
const chooserOf: Readonly<Record<string, string>> = {
  ServiceMonitor: "serviceMonitor",
  PodMonitor: "podMonitor",
  Probe: "probe",
  PrometheusRule: "rule",
};

/** Every monitor and every rule is some Prometheus' own. */
const watched: Check = (output) => {
  const all = ofKind(output.objects, "Prometheus") as readonly Prometheus[];
  return ofKind(output.objects, ...Object.keys(chooserOf))
    .filter((object) => !all.some((prometheus) => watches(prometheus, object, output)))
    .map((object) => `${titleOf(object)} is watched by no Prometheus`);
};

function watches({ metadata, spec }: Prometheus, object: KubeObject, output: ClusterOutput): boolean {
  const chooser = chooserOf[object.kind] ?? "";
  const chosen = spec[`${chooser}Selector`] as LabelSelector | undefined;
  const namespaces = spec[`${chooser}NamespaceSelector`] as LabelSelector | undefined;
  if (chosen === undefined || !selects(chosen, object.metadata.labels ?? {})) return false;
  return namespaces === undefined
    ? object.metadata.namespace === metadata.namespace
    : output.namespacesOf(namespaces).includes(object.metadata.namespace ?? "");
}
