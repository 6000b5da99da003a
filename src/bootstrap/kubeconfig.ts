export interface KubeconfigProps {
  readonly server: string;
  /** PEM in base64. @default - what the operating system trusts */
  readonly certificateAuthorityData?: string;
  /** How the user signs in: `token`, or `client-certificate-data` and `client-key-data`. */
  readonly user: Readonly<Record<string, string>>;
}

/** A kubeconfig with one cluster and one user. Its JSON is YAML. */
export function kubeconfig({ server, certificateAuthorityData, user }: KubeconfigProps) {
  const ca = certificateAuthorityData !== undefined && { "certificate-authority-data": certificateAuthorityData };
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "default", cluster: { server, ...ca } }],
    users: [{ name: "default", user }],
    contexts: [{ name: "default", context: { cluster: "default", user: "default" } }],
    "current-context": "default",
  };
}
