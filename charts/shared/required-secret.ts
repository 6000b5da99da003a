/** Where the value of a key comes from when services are deployed. Charts hold none. */
export type SecretSource =
  /** Made once, at random, and kept in the secrets bundle. @see length in characters of base62 */
  | { readonly from: "generated"; readonly length: number }
  /** In the secrets bundle, by its path: `authorities.etcd.certificate`. */
  | { readonly from: "bundle"; readonly path: string }
  /** A file put together from outputs of Terraform, which alone knows them; `${name}` stands for an output. */
  | { readonly from: "outputs"; readonly template: string }
  /** What bootstrap.yaml refers to, by the path of its field. */
  | { readonly from: "configuration"; readonly path: string };

/** A Secret that a chart needs and does not make. */
export interface RequiredSecret {
  readonly namespace: string;
  readonly name: string;
  /** What it is for, for whoever seals it by hand. */
  readonly purpose: string;
  readonly keys: Readonly<Record<string, SecretSource>>;
}
