import { findKubernetesRelease } from "../../versions/catalogue.js";
import { parseDockerTag } from "../../versions/custom-build.js";
import type { CommonRule, OpenStackRule } from "./rule.js";

/** Nodes fetch the extension before anything guards them: only its hash says that it is the one that was tested. */
export const productionVerifiesTheNodesExtension: OpenStackRule = ({ cluster, nodes }) => {
  if (cluster?.profile !== "production" || nodes === undefined) return [];
  const release = findKubernetesRelease(cluster.kubernetes);
  const { url, sha256 } = nodes.kubernetesExtension;
  const verified = url === undefined ? release?.extensionSha256 : undefined;
  if (release === undefined || sha256 !== undefined || typeof verified === "string") return [];
  return [
    {
      path: ["nodes", "kubernetesExtension", "sha256"],
      problem: `is missing, and nobody has verified the file ${url === undefined ? `for Kubernetes ${release.version} ` : ""}yet`,
      expected: "the SHA-256 of a file that you verified, in the production profile",
      remedy: "fetch it, verify it and give what sha256sum prints, or set `cluster.profile: development`",
    },
  ];
};

export const mirrorAuthHasAMirror: CommonRule = ({ containerImages }) => {
  if (containerImages?.mirrorAuth === undefined || containerImages.mirror !== undefined) return [];
  return [
    {
      path: ["containerImages", "mirrorAuth"],
      problem: "signs in nowhere: there is no mirror",
      expected: "`containerImages.mirror` beside it",
      remedy: "name the mirror, or remove `mirrorAuth`",
    },
  ];
};

const CUSTOM_TAG = ["containerImages", "overrides", "kubernetes", "tag"];

/** The nodes' kubelet and kubeadm are of `cluster.kubernetes`: a custom build of another release would not fit them. */
export const customBuildIsOfTheVersion: OpenStackRule = ({ cluster, containerImages }) => {
  const override = containerImages?.overrides["kubernetes"];
  if (override === undefined) return [];
  const parsed = parseDockerTag(override.tag);
  if (!parsed.ok) {
    const { problem, expected, remedy } = parsed;
    return [{ path: CUSTOM_TAG, value: override.tag, problem, expected, remedy }];
  }
  const { upstream } = parsed.build;
  if (cluster === undefined || upstream === `v${cluster.kubernetes}`) return [];
  return [
    {
      path: CUSTOM_TAG,
      value: override.tag,
      problem: `is a build of Kubernetes ${upstream.slice(1)}, and \`cluster.kubernetes\` is ${cluster.kubernetes}`,
      expected: `a build of ${cluster.kubernetes}`,
      remedy: "change one of the two",
    },
  ];
};
