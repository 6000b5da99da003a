import type { Architecture, NodeGroup } from "../config/cluster-config.js";

/** Devices of a node, as its image names them. */
export interface NodeDisks {
  /** What images and pods are on. */
  readonly data: string;
  /** What the system is on, when it has a disk of its own. */
  readonly system?: string;
}

/** An operating system for nodes that Amazon maintains. */
export interface ManagedImage {
  /** As EKS calls it. */
  readonly amiType: string;
  /** Parameter of Systems Manager that holds the recommended release. */
  readonly releaseParameter: string;
  readonly disks: NodeDisks;
}

/**
 * Undefined for an image of the user's own.
 *
 * Sources: docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html, retrieve-ami-id-bottlerocket.html
 *
 * @param kubernetesMinor `1.36`
 */
export function managedImage(
  { ami, architecture }: Pick<NodeGroup, "ami" | "architecture">,
  kubernetesMinor: string,
): ManagedImage | undefined {
  switch (ami) {
    case "al2023":
      return {
        amiType: `AL2023_${AMI_ARCHITECTURES[architecture]}_STANDARD`,
        releaseParameter:
          `/aws/service/eks/optimized-ami/${kubernetesMinor}/amazon-linux-2023/${architecture}/standard/recommended/` +
          "release_version",
        disks: SINGLE_DISK,
      };
    case "bottlerocket":
      return {
        amiType: `BOTTLEROCKET_${AMI_ARCHITECTURES[architecture]}`,
        releaseParameter: `/aws/service/bottlerocket/aws-k8s-${kubernetesMinor}/${architecture}/latest/image_version`,
        disks: { system: "/dev/xvda", data: "/dev/xvdb" },
      };
    default:
      return undefined;
  }
}

const AMI_ARCHITECTURES: Readonly<Record<Architecture, string>> = { x86_64: "x86_64", arm64: "ARM_64" };

/** As Amazon Linux has it, and images that are made of it. */
export const SINGLE_DISK: NodeDisks = { data: "/dev/xvda" };
