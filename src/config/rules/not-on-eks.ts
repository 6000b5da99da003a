import type { EksSections } from "../schema/bootstrap.js";
import type { EksRule } from "./rule.js";

/** A field of every cluster's sections that cannot mean anything on EKS. */
export interface EksRefusal {
  /** Field names alone: none of these stands in a list. */
  readonly path: readonly string[];
  readonly isWritten: (sections: Partial<EksSections>) => boolean;
  /** Completes "is not for EKS: …". */
  readonly why: string;
  /** What to do instead; undefined where there is nothing to be done. */
  readonly instead?: string;
}

/** Images of a control plane and of nodes that Amazon makes itself. */
export const AMAZONS_IMAGES = ["kubernetes", "etcd", "pause", "kube-vip"];

export const eksRefusals: readonly EksRefusal[] = [
  {
    path: ["access", "sshKeys"],
    isWritten: ({ access }) => access !== undefined && access.sshKeys.length > 0,
    why: "nodes are reached by Session Manager there, and listen to no SSH",
    instead: "let IAM say who may start a session",
  },
  {
    path: ["access", "oidc"],
    isWritten: ({ access }) => access?.oidc !== undefined,
    why: "a cluster takes one issuer there, and it is kubernetes-auth",
    instead: "kubernetes-auth signs in the users of your other issuer",
  },
  {
    path: ["auth", "authorization"],
    isWritten: ({ auth }) => auth?.authorization === true,
    why: "the API server asks no webhook there",
  },
  {
    path: ["auth", "caCertificate"],
    isWritten: ({ auth }) => auth?.mode === "external" && auth.caCertificate !== undefined,
    why: "Amazon trusts an issuer by public authorities alone",
    instead: "give kubernetes-auth a publicly trusted certificate",
  },
  {
    path: ["services", "nodeUpdates", "rebootWindow"],
    isWritten: ({ services }) => services?.nodeUpdates.rebootWindow !== undefined,
    why: "nodes are replaced there, not rebooted",
    instead: "`workers[].amiRelease` says when they are",
  },
  {
    path: ["containerImages", "mirrorAuth"],
    isWritten: ({ containerImages }) => containerImages?.mirrorAuth !== undefined,
    why: "no secret reaches the nodes there",
    instead: "mirror the images to ECR, where the nodes' role can pull them",
  },
  ...AMAZONS_IMAGES.map((component) => ({
    path: ["containerImages", "overrides", component],
    isWritten: ({ containerImages }: Partial<EksSections>) => containerImages?.overrides[component] !== undefined,
    why: "Amazon makes the control plane, and what nodes start with",
  })),
];

export const fieldsAreForEks: EksRule = (sections) =>
  eksRefusals
    .filter(({ isWritten }) => isWritten(sections))
    .map(({ path, why, instead }) => ({
      path,
      problem: `is not for EKS: ${why}`,
      expected: `no \`${path.join(".")}\` on EKS`,
      remedy: instead === undefined ? "remove it" : `remove it; ${instead}`,
    }));
