/** As much of a manifest as rules are about. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
}

export function ofKind<M extends Manifest>(manifests: readonly M[], kind: string): readonly M[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

export function named<M extends Manifest>(manifests: readonly M[], name: string): M {
  const found = manifests.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}
