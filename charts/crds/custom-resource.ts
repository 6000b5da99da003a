import { ApiObject, type ApiObjectMetadata } from "cdk8s";
import type { Construct } from "constructs";

export interface CustomResourceMetadata {
  readonly metadata: ApiObjectMetadata & { readonly name: string };
}

type CustomResourceClass<Props> = new (
  scope: Construct,
  id: string,
  props: CustomResourceMetadata & Props,
) => ApiObject;

/**
 * The construct of a kind, to extend: one line a kind, for what differs is types alone. The definition is not read when manifests
 * are made: the compiler, kubeconform and the API server hold resources against it.
 */
export function customResource<Props extends object>(apiVersion: string, kind: string): CustomResourceClass<Props> {
  return class extends ApiObject {
    constructor(scope: Construct, id: string, props: CustomResourceMetadata & Props) {
      super(scope, id, { apiVersion, kind, ...props });
    }
  };
}
