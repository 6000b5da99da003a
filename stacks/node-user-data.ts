import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { NodeSecrets, ObjectStoreAccess } from "../src/bootstrap/node-secrets.js";
import { nodeSecretFiles } from "../src/bootstrap/node-secret-files.js";
import { secretDocument } from "../src/bootstrap/secret-file.js";
import { checkUserDataSize } from "../src/bootstrap/user-data-size.js";
import { userData, type CompressedDocument } from "../src/bootstrap/user-data.js";
import { ownDocument } from "../src/bootstrap/node-document.js";
import type { ClusterNode, OpenStackClusterConfig } from "../src/config/cluster-config.js";
import type { EtcdVolume } from "../src/openstack/etcd-volume.js";
import { templateOf, terraformText } from "../src/bootstrap/terraform-text.js";
import type { ClusterSecrets } from "./cluster-secrets.js";

export interface NodeUserDataProps {
  readonly config: OpenStackClusterConfig;
  readonly secrets: ClusterSecrets;
  /** Where snapshots of etcd are stored. @default - nowhere */
  readonly objectStore?: ObjectStoreAccess;
}

/** The user-data of nodes: what is known at synth, and what Terraform adds when it runs. */
export class NodeUserData extends Construct {
  private readonly locals = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NodeUserDataProps,
  ) {
    super(scope, id);
  }

  /** @throws UserError when it could exceed what Nova takes */
  forNode(node: ClusterNode, shared: CompressedDocument, etcdVolume: EtcdVolume | undefined): string {
    const { config } = this.props;
    const own = ownDocument(config, node);
    checkUserDataSize(config, node, { shared, own });
    return userData({ shared, own, secretBase64: this.secretsOf(node, etcdVolume) });
  }

  /** Workers share theirs: written once, however many they are. */
  private secretsOf(node: ClusterNode, etcdVolume: EtcdVolume | undefined): string {
    const id = node.role === "worker" ? "worker" : node.key;
    let local = this.locals.get(id);
    if (local === undefined) {
      const { config, secrets, objectStore } = this.props;
      const facts: Pick<NodeSecrets, "etcdVolumeId" | "objectStore"> = {
        ...(etcdVolume !== undefined && { etcdVolumeId: etcdVolume.volumeIdExpression }),
        ...(objectStore !== undefined && { objectStore }),
      };
      const files = nodeSecretFiles(config, node, secrets.forNode(node, facts), terraformText);
      const document = terraformText.base64(secretDocument(files, terraformText));
      local = new TerraformLocal(this, id, templateOf(document)).asString;
      this.locals.set(id, local);
    }
    return local;
  }
}
