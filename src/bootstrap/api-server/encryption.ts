/** Encryption at rest. `identity` stays last, so that what was written before can be read. */
export function encryptionConfiguration(encryptionKey: string) {
  return {
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [
      {
        resources: ["secrets"],
        providers: [{ secretbox: { keys: [{ name: "key1", secret: encryptionKey }] } }, { identity: {} }],
      },
    ],
  };
}
