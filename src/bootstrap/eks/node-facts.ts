import type { WorkerPool } from "../../config/cluster-config.js";

/** What a node of EKS is told, whichever operating system it runs. */
export interface EksNodeFacts {
  readonly clusterName: string;
  /** Address of the Kubernetes API, or a Terraform expression for it. */
  readonly endpoint: string;
  /** PEM in base64, or a Terraform expression for it. */
  readonly certificateAuthority: string;
  readonly serviceCidr: string;
  /** The node group. */
  readonly pool: Pick<WorkerPool, "name" | "labels" | "taints">;
  /** Repository below which public registries are mirrored. @default - nodes pull from the registries themselves */
  readonly mirror?: string | undefined;
}
