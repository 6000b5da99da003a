import { ofKind, type Manifest } from "./manifests.js";

/** As much of a webhook as rules are about. */
export interface WebhookManifest {
  readonly name: string;
  readonly clientConfig: { readonly service?: Readonly<Record<string, unknown>> };
  readonly failurePolicy: string;
  readonly rules: readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[] }[];
  readonly namespaceSelector?: {
    readonly matchExpressions: readonly { readonly key: string; readonly operator: string }[];
  };
  readonly matchConditions?: readonly { readonly expression: string }[];
}

/** Those of every configuration. */
export function webhooksOf(manifests: readonly Manifest[]): readonly WebhookManifest[] {
  return ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]
    .flatMap((kind) => ofKind(manifests, kind))
    .flatMap((configuration) => (configuration as unknown as { readonly webhooks: WebhookManifest[] }).webhooks);
}
