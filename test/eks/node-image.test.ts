import { describe, expect, it } from "@jest/globals";
import type { Architecture, NodeGroup } from "../../src/config/cluster-config.js";
import { managedImage } from "../../src/eks/node-image.js";

const al2023 = "/aws/service/eks/optimized-ami";
const bottlerocket = "/aws/service/bottlerocket";

describe("an image that Amazon maintains", () => {
  it.each<[NodeGroup["ami"], Architecture, string, string, string]>([
    [
      "al2023",
      "x86_64",
      "AL2023_x86_64_STANDARD",
      `${al2023}/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version`,
      "/dev/xvda",
    ],
    [
      "al2023",
      "arm64",
      "AL2023_ARM_64_STANDARD",
      `${al2023}/1.36/amazon-linux-2023/arm64/standard/recommended/release_version`,
      "/dev/xvda",
    ],
    [
      "bottlerocket",
      "x86_64",
      "BOTTLEROCKET_x86_64",
      `${bottlerocket}/aws-k8s-1.36/x86_64/latest/image_version`,
      "/dev/xvdb",
    ],
    [
      "bottlerocket",
      "arm64",
      "BOTTLEROCKET_ARM_64",
      `${bottlerocket}/aws-k8s-1.36/arm64/latest/image_version`,
      "/dev/xvdb",
    ],
  ])("%s for %s is %s to EKS, with its release in %s and its data on %s", (ami, architecture, ...expected) => {
    const [amiType, releaseParameter, dataDevice] = expected;
    expect(managedImage({ ami, architecture }, "1.36")).toMatchObject({
      amiType,
      releaseParameter,
      disks: { data: dataDevice },
    });
  });

  it("is of the cluster's version of Kubernetes", () => {
    for (const ami of ["al2023", "bottlerocket"] as const) {
      expect(managedImage({ ami, architecture: "arm64" }, "1.35")?.releaseParameter).toMatch(/[/-]1\.35\//);
    }
  });

  it("is none where the user names one", () => {
    expect(managedImage({ ami: { id: "ami-0123456789abcdef0" }, architecture: "x86_64" }, "1.36")).toBeUndefined();
  });
});
