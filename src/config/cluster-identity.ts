import type { NodeRole } from "./cluster-config.js";

/** Names and tags by which a cluster's resources are told from any other's. */
export class ClusterIdentity {
  /** @param userTags tags of the user's own, set on every resource beside the cluster's */
  constructor(
    readonly clusterName: string,
    private readonly userTags: Readonly<Record<string, string>> = {},
  ) {}

  /** `<cluster>-<suffix>` */
  resourceName(suffix: string): string {
    return `${this.clusterName}-${suffix}`;
  }

  /** For resources that take a list of texts. Neither Neutron nor Nova allows a slash or a comma in one. */
  tags(role?: NodeRole): string[] {
    return Object.entries(this.metadata(role)).map(([key, value]) => `${key}=${value}`);
  }

  /** For resources that take names and values. */
  metadata(role?: NodeRole): Record<string, string> {
    return {
      "kaas.cluster": this.clusterName,
      ...(role !== undefined && { "kaas.role": role }),
      ...this.userTags,
    };
  }

  /** Whether something bears the cluster's names and values, among others. */
  marks(metadata: Readonly<Record<string, string>>, role?: NodeRole): boolean {
    return Object.entries(this.metadata(role)).every(([key, value]) => metadata[key] === value);
  }

  /** For resources that take neither. */
  description(purpose: string): string {
    return `${purpose} of Kubernetes cluster ${this.clusterName}`;
  }
}
