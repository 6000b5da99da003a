import { etcdMembers, type ClusterNode, type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import type { SecretVariables } from "../../../src/config/secret-variables.js";
import { nodeUserData, secretsOf, type TerraformFacts } from "../../support/node-user-data.js";
import { parseAllDocuments } from "yaml";
import { decodeUserData, resourceContents, type IgnitionDocument, type IgnitionResource } from "../support/ignition.js";
import type { StateResource } from "../support/terraform.js";

/** The text of a file that a node is told. */
export function fileOf(documents: readonly IgnitionDocument[], path: string): string | undefined {
  const files = documents.flatMap(({ storage }) => storage?.files ?? []);
  const contents = files.find((file) => file.path === path)?.contents;
  return contents && resourceContents(contents)?.toString();
}

/** What a node must be told, with what Terraform found out taken from its state. */
export function expectedDocuments(
  config: OpenStackClusterConfig,
  node: ClusterNode,
  variables: SecretVariables,
  state: readonly StateResource[],
): readonly IgnitionDocument[] {
  const facts: TerraformFacts = etcdMembers(config).includes(node) ? etcdFacts(node, state) : {};
  return decodeUserData(nodeUserData(config, node, secretsOf(variables, node, facts)));
}

function etcdFacts(node: ClusterNode, state: readonly StateResource[]): TerraformFacts {
  const values = (address: string) => {
    const found = state.find((resource) => resource.address === address);
    if (found === undefined) throw new Error(`the state has no ${address}`);
    return found.values;
  };
  const credential = values("openstack_identity_application_credential_v3.etcd-backup-credential");
  const catalog = values("data.openstack_identity_auth_scope_v3.service-catalog")["service_catalog"] as readonly {
    readonly type: string;
    readonly endpoints: readonly { readonly interface: string; readonly url: string }[];
  }[];
  const endpoint = (service: string) =>
    catalog.find(({ type }) => type === service)?.endpoints.find((entry) => entry.interface === "public")?.url ?? "";
  return {
    etcdVolumeId: values(`openstack_blockstorage_volume_v3.${node.key}_etcd-volume`)["id"] as string,
    objectStore: {
      authUrl: endpoint("identity"),
      credentialId: credential["id"] as string,
      credentialSecret: credential["secret"] as string,
      url: endpoint("object-store"),
    },
  };
}

/** What the documents say, however it is written: Terraform orders the keys of its JSON in its own way. */
export function meaningOf(documents: readonly IgnitionDocument[]): unknown {
  return documents.map(({ ignition: { version }, storage, ...document }) => ({
    ...document,
    version,
    storage: {
      ...storage,
      files: (storage?.files ?? []).map(({ contents, ...file }) => ({
        ...file,
        contents: contents && textOf(contents),
      })),
    },
  }));
}

/** YAML and JSON as what they hold. What is not in the document itself is named by its address. */
function textOf(contents: IgnitionResource): unknown {
  const text = resourceContents(contents)?.toString() ?? contents.source;
  try {
    return parseAllDocuments(text ?? "").map((document) => document.toJS() as unknown);
  } catch {
    return text;
  }
}
