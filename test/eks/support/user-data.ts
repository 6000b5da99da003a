import { resource, type SynthesizedJson } from "../../support/synthesized.js";

/** What Terraform alone knows of a cluster. */
export const clusterFacts = {
  endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com",
  /** As long as EKS' own. */
  certificateAuthority: Buffer.alloc(1107, "certificate ").toString("base64"),
};

const VALUES: Readonly<Record<string, string>> = {
  "aws_eks_cluster.control-plane.endpoint": clusterFacts.endpoint,
  "aws_eks_cluster.control-plane.certificate_authority[0].data": clusterFacts.certificateAuthority,
};

/** A node group's user-data before its base64, with Terraform's part of it put in. @throws for any other expression */
export function userDataOf(stack: SynthesizedJson, group: string): string {
  const expression = String(resource(stack, "aws_launch_template", `nodes_group_${group}_template`)["user_data"]);
  const template = /^\$\{base64encode\((".*")\)\}$/.exec(expression)?.[1];
  if (template === undefined) throw new Error(`no text in base64: ${expression}`);
  // Escapes in Terraform's texts are JSON's, beside `$${` and `%%{`.
  return (JSON.parse(template) as string).replaceAll(/([$%])\1\{|\$\{([^}]*)\}/g, (_, escaped?: string, name = "") => {
    if (escaped !== undefined) return `${escaped}{`;
    const value = VALUES[name as string];
    if (value === undefined) throw new Error(`Terraform knows no ${String(name)} here`);
    return value;
  });
}
