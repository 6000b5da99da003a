import { defineCommand } from "../../command.js";
import { IDENTITY_HELP, requireSecrets } from "../../secrets/bundle-access.js";
import { secretOutputFields, secretOutputInput, secretResult } from "../../secrets/secret-output.js";

export const secretsKubeconfig = defineCommand({
  path: ["secrets", "kubeconfig"],
  summary: "print the administrator's kubeconfig",
  description: [
    "Prints a kubeconfig that signs in by client certificate, as a member of kubeadm:cluster-admins: for the first steps " +
      "in a new cluster, and for when nobody can sign in otherwise. It holds a private key.",
    IDENTITY_HELP,
  ],
  ...secretOutputInput,
  examples: [
    {
      line: "kaasctl secrets kubeconfig demo-openstack --out ~/.kube/demo-openstack",
      says: "for kubectl --kubeconfig; a file with other contexts is never replaced",
    },
    { line: "kaasctl secrets kubeconfig demo-openstack", says: "to read, or into a pipe" },
  ],
  jsonFields: secretOutputFields({ kubeconfig: "the kubeconfig, YAML; absent with `--out`" }),
  async run(input, { io }) {
    const isAdmin = ([part]: readonly unknown[]) => part === "admin";
    const { config, bundle } = await requireSecrets(input.arguments.environment, io, isAdmin);
    const { adminKubeconfig, kubeconfigTitle } = await import("../../../pki/kubeconfig.js");
    const kubeconfig = adminKubeconfig(config, bundle);
    const { name: cluster } = config;
    const isEarlier = (text: string) => text.startsWith(kubeconfigTitle(cluster));
    return secretResult(input.options.out, io, { cluster, text: kubeconfig, json: { kubeconfig }, isEarlier });
  },
});
