import { TerraformVariable, VariableType } from "cdktf";
import type { Construct } from "constructs";
import type { ClusterNode, OpenStackClusterConfig } from "../src/config/cluster-config.js";
import type { KeyPair, SecretVariable } from "../src/config/secret-variables.js";
import type { NodeSecrets } from "../src/bootstrap/node-secrets.js";
import { expression } from "../src/bootstrap/terraform-text.js";

const KEY_PAIR = VariableType.object({ certificate: VariableType.STRING, key: VariableType.STRING });

interface Variable {
  readonly type: string;
  readonly description: string;
}

const variables = {
  initialised: {
    type: VariableType.BOOL,
    description: "Whether the control plane has come up once: from then on every controller joins",
  },
  cluster_ca: { type: KEY_PAIR, description: "Authority of the cluster" },
  etcd_ca: { type: KEY_PAIR, description: "Authority of etcd" },
  front_proxy_ca: { type: KEY_PAIR, description: "Authority of the API aggregation layer" },
  auth_ca_certificate: { type: VariableType.STRING, description: "Authority of kubernetes-auth and its clients" },
  service_account: {
    type: VariableType.object({ public_key: VariableType.STRING, private_key: VariableType.STRING }),
    description: "Key pair that signs the tokens of service accounts",
  },
  encryption_key: { type: VariableType.STRING, description: "Key of the Secrets in etcd, 32 bytes in base64" },
  bootstrap_token: { type: VariableType.STRING, description: "Token by which nodes join" },
  etcd_members: {
    type: VariableType.map(VariableType.object({ server: KEY_PAIR, peer: KEY_PAIR })),
    description: "Certificates of the etcd members, by node",
  },
  etcd_client: { type: KEY_PAIR, description: "Certificate of the API server as a client of etcd" },
  webhook_client: { type: KEY_PAIR, description: "Certificate of the API server as a client of kubernetes-auth" },
  registry_auth: { type: VariableType.STRING, description: "<user>:<password> of the registry mirror, in base64" },
} as const satisfies Record<SecretVariable, Variable>;

/** The variables by which the stack is given its secrets, and what each node gets of them. */
export class ClusterSecrets {
  constructor(
    scope: Construct,
    private readonly config: OpenStackClusterConfig,
  ) {
    for (const [name, variable] of Object.entries(variables)) {
      const sensitive = name !== "initialised" && { sensitive: true };
      new TerraformVariable(scope, name, { ...variable, nullable: false, ...sensitive });
    }
  }

  /** As expressions for Terraform. */
  forNode(node: ClusterNode, terraformFacts: Pick<NodeSecrets, "etcdVolumeId" | "objectStore">): NodeSecrets {
    return {
      initialised: text("initialised"),
      clusterCa: keyPair("cluster_ca"),
      etcdCa: keyPair("etcd_ca"),
      frontProxyCa: keyPair("front_proxy_ca"),
      authCaCertificate: text("auth_ca_certificate"),
      serviceAccount: {
        publicKey: text("service_account", "public_key"),
        privateKey: text("service_account", "private_key"),
      },
      encryptionKey: text("encryption_key"),
      bootstrapToken: text("bootstrap_token"),
      ...(node.role === "etcd" && {
        etcdMember: {
          server: keyPair("etcd_members", node.key, "server"),
          peer: keyPair("etcd_members", node.key, "peer"),
        },
      }),
      etcdClient: keyPair("etcd_client"),
      webhookClient: keyPair("webhook_client"),
      ...(this.config.containerImages.mirrorAuth !== undefined && { registryAuth: text("registry_auth") }),
      ...terraformFacts,
    };
  }
}

function keyPair(name: SecretVariable, ...path: readonly string[]): KeyPair {
  return { certificate: text(name, ...path, "certificate"), key: text(name, ...path, "key") };
}

/** A value of a variable, by the path in it. */
function text(name: SecretVariable, ...path: readonly string[]): string {
  return expression(`var.${name}${path.map((key) => `[${JSON.stringify(key)}]`).join("")}`);
}
