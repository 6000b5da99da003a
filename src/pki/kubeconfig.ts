import { stringify } from "yaml";
import type { OpenStackClusterConfig } from "../config/cluster-config.js";
import { apiUrl } from "../config/host-names.js";
import type { SecretsBundle } from "./bundle.js";

const ADMIN = "kaas-admin";

/** First line of the file: who finds it knows what it is, and it is known when it is to be replaced. */
export function kubeconfigTitle(cluster: string): string {
  return `# Administrator of the cluster ${cluster}, by client certificate; written by kaasctl. Keep it secret.\n`;
}

/** The administrator's kubeconfig, as YAML: it signs in by certificate, also where nothing else can. */
export function adminKubeconfig(
  { name, apiHosts }: Pick<OpenStackClusterConfig, "name" | "apiHosts">,
  { authorities, admin }: SecretsBundle,
): string {
  const user = `${ADMIN}@${name}`;
  const document = stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name,
          cluster: {
            server: apiUrl(apiHosts),
            "certificate-authority-data": base64(authorities.cluster.certificate),
          },
        },
      ],
      users: [
        {
          name: user,
          user: { "client-certificate-data": base64(admin.certificate), "client-key-data": base64(admin.key) },
        },
      ],
      contexts: [{ name: user, context: { cluster: name, user } }],
      "current-context": user,
    },
    // kubectl reads folded lines too; people who copy one do not.
    { lineWidth: 0 },
  );
  return `${kubeconfigTitle(name)}${document}`;
}

function base64(pem: string): string {
  return Buffer.from(pem).toString("base64");
}
