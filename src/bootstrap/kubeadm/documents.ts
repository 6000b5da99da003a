import { stringify } from "yaml";

export const KUBEADM_API = "kubeadm.k8s.io/v1beta4";

/** Flags as kubeadm takes them from v1beta4 on. */
export function extraArgs(flags: Readonly<Record<string, string>>): readonly { name: string; value: string }[] {
  return Object.entries(flags).map(([name, value]) => ({ name, value }));
}

/** Documents of one file, each with its separator in front, so that files can be put together. */
export function yamlDocuments(...documents: readonly object[]): string {
  return documents.map((document) => `---\n${stringify(document, { lineWidth: 0 })}`).join("");
}
