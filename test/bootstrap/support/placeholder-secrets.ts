import { storesSnapshots } from "../../../src/bootstrap/etcd/environment.js";
import type { NodeSecrets } from "../../../src/bootstrap/node-secrets.js";
import { etcdMembers, type ClusterNode, type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import type { KeyPair, SecretVariables } from "../../../src/config/secret-variables.js";
import { secretsOf } from "../../support/node-user-data.js";

const keyPair = (name: string): KeyPair => ({ certificate: `<${name}.certificate>`, key: `<${name}.key>` });

/** A var-file in which each value is the name of its variable: `<cluster_ca.key>`. */
export function placeholderVariables(config: OpenStackClusterConfig): SecretVariables {
  const members = config.etcd.stacked ? [] : config.etcd.nodes;
  return {
    initialised: false,
    cluster_ca: keyPair("cluster_ca"),
    etcd_ca: keyPair("etcd_ca"),
    front_proxy_ca: keyPair("front_proxy_ca"),
    auth_ca_certificate: "<auth_ca_certificate>",
    service_account: { public_key: "<service_account.public_key>", private_key: "<service_account.private_key>" },
    encryption_key: "<encryption_key>",
    bootstrap_token: "<bootstrap_token>",
    etcd_members: Object.fromEntries(
      members.map(({ key }) => [
        key,
        { server: keyPair(`etcd_members.${key}.server`), peer: keyPair(`etcd_members.${key}.peer`) },
      ]),
    ),
    etcd_client: keyPair("etcd_client"),
    webhook_client: keyPair("webhook_client"),
    registry_auth: config.containerImages.mirrorAuth === undefined ? "" : "<registry_auth>",
  };
}

/** What the stack tells a node that is secret or known to Terraform alone, as placeholders. */
export function placeholderSecrets(config: OpenStackClusterConfig, node: ClusterNode): NodeSecrets {
  return secretsOf(placeholderVariables(config), node, {
    ...(etcdMembers(config).includes(node) && { etcdVolumeId: "<volume.id>" }),
    ...(storesSnapshots(config) && {
      objectStore: {
        authUrl: "<identity.url>",
        credentialId: "<credential.id>",
        credentialSecret: "<credential.secret>",
        url: "<object_store.url>",
      },
    }),
  });
}
