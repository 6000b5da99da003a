/** The ClusterIssuer of certificates between the platform's own programs. */
export const PLATFORM_ISSUER = { group: "cert-manager.io", kind: "ClusterIssuer", name: "platform" } as const;
