/** Labels, and what selects by them. */
export type Labels = Readonly<Record<string, string>>;

/** An object of Kubernetes, as charts write it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

export function ofKind(objects: readonly KubeObject[], ...kinds: readonly string[]): readonly KubeObject[] {
  return objects.filter(({ kind }) => kinds.includes(kind));
}

/** `Service rackspace-system/grafana` */
export function titleOf({ kind, metadata: { namespace, name } }: KubeObject): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
    readonly values?: readonly string[];
  }[];
}

/** Source: kubernetes.io/docs/concepts/overview/working-with-objects/labels; an empty selector selects everything. */
export function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case "In":
          return value !== undefined && values.includes(value);
        case "NotIn":
          return value === undefined || !values.includes(value);
        case "Exists":
          return value !== undefined;
        case "DoesNotExist":
          return value === undefined;
      }
    })
  );
}

/** Every value below a value, with the key that it stands at. Entries of a list stand at the list's key. */
export function* everyField(value: unknown, key = ""): Generator<readonly [key: string, value: unknown]> {
  yield [key, value];
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) for (const entry of value) yield* everyField(entry, key);
  else for (const [name, entry] of Object.entries(value)) yield* everyField(entry, name);
}
