import { ofKind, type Manifest as AnyManifest } from "./manifests.js";

type Metadata = AnyManifest["metadata"] & { readonly annotations?: Readonly<Record<string, string>> };

interface Container {
  readonly image: string;
  readonly args?: readonly string[];
  readonly ports?: readonly Readonly<Record<string, unknown>>[];
  readonly resources?: unknown;
  readonly securityContext?: Readonly<Record<string, unknown>>;
}

/** What tests read of an object's `spec`, whatever its kind. */
interface Spec {
  readonly replicas: number;
  readonly selector: unknown;
  readonly maxUnavailable?: unknown;
  readonly template: {
    readonly metadata: Metadata;
    readonly spec: Readonly<Record<string, unknown>> & { readonly containers: readonly Container[] };
  };
  readonly ports?: readonly { readonly port: number; readonly targetPort: unknown }[];
  readonly service?: unknown;
  readonly egress?: readonly unknown[];
  readonly ingress?: readonly unknown[];
}

/** An object of Kubernetes, as charts of workloads write it. */
export interface Manifest extends AnyManifest {
  readonly metadata: Metadata;
  readonly spec: Spec;
  readonly rules?: readonly { readonly verbs: readonly string[] }[];
  readonly subjects?: unknown;
}

/** The object of a kind, and of a name where there are several. @throws when there is none */
export function find(manifests: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = ofKind(manifests, kind).find(({ metadata }) => name === undefined || metadata.name === name);
  if (found === undefined)
    throw new Error(`no ${kind} ${name ?? ""} among ${manifests.map((each) => each.kind).join()}`);
  return found;
}
