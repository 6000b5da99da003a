import { ObjectstorageContainerV1 } from "@cdktf/provider-openstack/lib/objectstorage-container-v1";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";

export interface ObjectContainersProps {
  readonly identity: ClusterIdentity;
  /** What the containers are for; a container is named `<cluster>-<purpose>`. */
  readonly purposes: readonly string[];
  /** Whether destroying a container deletes the objects in it; else it fails while there are any. */
  readonly deleteContent: boolean;
}

/** Containers in Swift, or in Ceph's gateway that speaks the same API: backups, images of the registry. */
export class ObjectContainers extends Construct {
  /** Purpose to name. */
  readonly names: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ObjectContainersProps) {
    super(scope, id);
    const { identity } = props;
    this.names = Object.fromEntries(
      props.purposes.map((purpose) => {
        const container = new ObjectstorageContainerV1(this, purpose, {
          name: identity.resourceName(purpose),
          forceDestroy: props.deleteContent,
          metadata: objectMetadata(identity.metadata()),
        });
        return [purpose, container.name];
      }),
    );
  }
}

/** Swift keeps metadata in HTTP headers: their names know no dots. Users' tags hold none. */
function objectMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key.replaceAll(".", "-"), value]));
}
