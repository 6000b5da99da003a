import type { RequiredSecret } from "../../../charts/shared/required-secret.js";
import type { Check, ClusterOutput } from "./cluster-output.js";
import { isExternal } from "./external.js";
import { everyField, ofKind, titleOf, type KubeObject } from "./kube-object.js";

type Kind = "Secret" | "ConfigMap";

/** That an object needs a Secret or a ConfigMap, or a key of it. */
interface Reference {
  readonly from: KubeObject;
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
  /** @default - it as a whole */
  readonly key?: string;
}

/** Where cert-manager looks for the Secrets of issuers that have no namespace. */
const CLUSTER_RESOURCES = "rackspace-system";

/** Every Secret and ConfigMap that is referred to, and every key of one, exists; and every required Secret is needed. */
export const references: Check = (output) => {
  const found = output.objects.flatMap(referencesOf);
  const known = keysByTitle(output);
  return [
    ...found.flatMap((reference) => checkReference(reference, known)),
    ...output.secrets
      .filter((secret) => !found.some((reference) => isOf(reference, secret)))
      .map(({ namespace, name }) => `nothing refers to the required Secret ${namespace}/${name}`),
  ];
};

function isOf({ kind, namespace, name }: Reference, secret: RequiredSecret): boolean {
  return kind === "Secret" && namespace === secret.namespace && name === secret.name;
}

function checkReference(
  { from, kind, namespace, name, key }: Reference,
  known: ReadonlyMap<string, readonly string[]>,
) {
  const keys = known.get(`${kind} ${namespace}/${name}`);
  if (keys === undefined) {
    return isExternal(kind, namespace, name) ? [] : [`${titleOf(from)}: there is no ${kind} ${namespace}/${name}`];
  }
  return key === undefined || keys.includes(key) ? [] : [`${titleOf(from)}: ${kind} ${name} has no key ${key}`];
}

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

interface Certificate extends KubeObject {
  readonly spec: { readonly secretName: string };
}

/** The keys of the Secrets and ConfigMaps that will exist; cert-manager makes the Secrets of certificates. */
function keysByTitle({ objects, secrets }: ClusterOutput): ReadonlyMap<string, readonly string[]> {
  return new Map<string, readonly string[]>([
    ...(ofKind(objects, "ConfigMap") as readonly ConfigMap[]).map(
      (map) => [titleOf(map), Object.keys({ ...map.data, ...map.binaryData })] as const,
    ),
    ...(ofKind(objects, "Certificate") as readonly Certificate[]).map(
      ({ metadata, spec }) =>
        [`Secret ${metadata.namespace ?? ""}/${spec.secretName}`, ["tls.crt", "tls.key", "ca.crt"]] as const,
    ),
    ...secrets.map(({ namespace, name, keys }) => [`Secret ${namespace}/${name}`, Object.keys(keys)] as const),
  ]);
}

function referencesOf(object: KubeObject): readonly Reference[] {
  const namespace = object.metadata.namespace ?? CLUSTER_RESOURCES;
  const refers = (kind: Kind, name: string, key?: string): Reference => ({
    from: object,
    kind,
    namespace,
    name,
    ...(key !== undefined && { key }),
  });
  return [
    ...[...everyField(object)].flatMap(([key, value]) => fieldReferences(object, key, value, refers)),
    ...subPathReferences(object, refers),
  ];
}

type Refers = (kind: Kind, name: string, key?: string) => Reference;

interface Source {
  readonly name?: string;
  readonly secretName?: string;
  readonly key?: string;
  readonly items?: readonly { readonly key: string }[];
  readonly optional?: boolean;
}

/** Fields of pods and of custom resources that refer to one of the two, by the names that Kubernetes gives such fields. */
const kindOfField: Readonly<Record<string, Kind>> = {
  secretKeyRef: "Secret",
  secretRef: "Secret",
  secret: "Secret",
  imagePullSecrets: "Secret",
  configMapKeyRef: "ConfigMap",
  configMapRef: "ConfigMap",
  configMap: "ConfigMap",
};

function fieldReferences(object: KubeObject, field: string, value: unknown, refers: Refers): readonly Reference[] {
  // The name of the Secret that a certificate makes is no reference.
  if (field === "secretName" && typeof value === "string" && object.kind !== "Certificate") {
    return [refers("Secret", value)];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const { name, secretName = name, key, items = [], optional = false } = value as Source;
  if (optional || secretName === undefined || typeof secretName !== "string") return [];
  const kind = kindOfField[field] ?? (isSelector(object, value) ? "Secret" : undefined);
  if (kind === undefined) return [];
  const keys = key === undefined ? items.map((item) => item.key) : [key];
  return keys.length === 0 ? [refers(kind, secretName)] : keys.map((each) => refers(kind, secretName, each));
}

/** In the operator's resources a name with a key is a Secret's, whatever the field is called. */
function isSelector({ apiVersion }: KubeObject, value: object): boolean {
  return apiVersion.startsWith("monitoring.coreos.com/") && Object.keys(value).sort().join() === "key,name";
}

interface Mounting {
  readonly containers?: readonly { readonly volumeMounts?: readonly { name: string; subPath?: string }[] }[];
  readonly initContainers?: Mounting["containers"];
  readonly volumes?: readonly { readonly name: string; readonly secret?: Source; readonly configMap?: Source }[];
}

/** A path below a volume of files is a key of what the volume is of. */
function subPathReferences(object: KubeObject, refers: Refers): readonly Reference[] {
  const specs = [...everyField(object)].map(([, value]) => value as Mounting).filter(isPodSpec);
  return specs.flatMap(({ containers = [], initContainers = [], volumes = [] }) =>
    [...containers, ...initContainers].flatMap(({ volumeMounts = [] }) =>
      volumeMounts.flatMap(({ name, subPath }) => {
        const volume = volumes.find((each) => each.name === name);
        if (subPath === undefined || volume === undefined) return [];
        const { secret, configMap } = volume;
        return [
          ...(secret?.secretName === undefined || secret.items ? [] : [refers("Secret", secret.secretName, subPath)]),
          ...(configMap?.name === undefined || configMap.items ? [] : [refers("ConfigMap", configMap.name, subPath)]),
        ];
      }),
    ),
  );
}

function isPodSpec(value: Mounting | null | undefined): boolean {
  return typeof value === "object" && value !== null && Array.isArray(value.containers) && Array.isArray(value.volumes);
}
