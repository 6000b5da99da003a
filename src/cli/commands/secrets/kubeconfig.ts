import { defineCommand } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { IDENTITY_HELP, requireSecrets } from "../../secrets/bundle-access.js";
import { writeSecretOutput } from "../../secrets/secret-output.js";
import { shownPath } from "../../shown-path.js";

export const secretsKubeconfig = defineCommand({
  path: ["secrets", "kubeconfig"],
  summary: "print the administrator's kubeconfig",
  description: [
    "Prints a kubeconfig that signs in by client certificate, as a member of kubeadm:cluster-admins: for the first steps " +
      "in a new cluster, and for when nobody can sign in otherwise. It holds a private key.",
    IDENTITY_HELP,
  ],
  arguments: {
    environment: { kind: "required", description: "environment by name", complete: "environments" },
  },
  options: {
    out: {
      value: "file",
      description: "file to write, for its owner alone (0600)",
      defaultText: "standard output",
      complete: "files",
    },
  },
  examples: [
    {
      line: "kaasctl secrets kubeconfig demo-openstack --out ~/.kube/demo-openstack",
      says: "for kubectl --kubeconfig; a file with other contexts is never replaced",
    },
    { line: "kaasctl secrets kubeconfig demo-openstack", says: "to read, or into a pipe" },
  ],
  jsonFields: {
    cluster: "its name",
    kubeconfig: "the kubeconfig, YAML; absent with `--out`",
    file: "with `--out`: the file, absolute",
  },
  async run(input, { io }) {
    const isAdmin = ([part]: readonly unknown[]) => part === "admin";
    const { config, bundle } = await requireSecrets(input.arguments.environment, io, isAdmin);
    const { adminKubeconfig, kubeconfigTitle } = await import("../../../pki/kubeconfig.js");
    const kubeconfig = adminKubeconfig(config, bundle);
    const { name: cluster } = config;
    const { out } = input.options;
    if (out === undefined) return { exitCode: exitCodes.ok, text: kubeconfig, json: { cluster, kubeconfig } };
    const isEarlier = (text: string) => text.startsWith(kubeconfigTitle(cluster));
    const file = await writeSecretOutput(out, io.cwd, { text: kubeconfig, isEarlier });
    return { exitCode: exitCodes.ok, text: `wrote ${shownPath(file, io.cwd)}\n`, json: { cluster, file } };
  },
});
