import type { SecretVariables } from "../config/secret-variables.js";
import type { SecretsBundle } from "./bundle.js";

/** What the stack of the cluster is given of the bundle. The admin's key and kubernetes-auth's reach no node. */
export function terraformVariables(bundle: SecretsBundle): SecretVariables {
  const { authorities, serviceAccount } = bundle;
  return {
    initialised: bundle.initialised,
    cluster_ca: authorities.cluster,
    etcd_ca: authorities.etcd,
    front_proxy_ca: authorities.frontProxy,
    auth_ca_certificate: authorities.auth.certificate,
    service_account: { public_key: serviceAccount.publicKey, private_key: serviceAccount.privateKey },
    encryption_key: bundle.encryptionKey,
    bootstrap_token: bundle.bootstrapToken,
    etcd_members: bundle.etcdMembers,
    etcd_client: bundle.etcdClient,
    webhook_client: bundle.webhookClient,
    registry_auth: bundle.registryAuth ?? "",
  };
}
