import type { BundleName } from "../../../charts/crds/lock.js";

/** A Go module that holds the text of a bundle's files, byte by byte: the Go proxy serves it, and the checksum database vouches. */
export interface DefinitionModule {
  readonly path: string;
  /** `{version}` is the bundle's. */
  readonly version: string;
  /** Where in the module a file of the bundle may be. */
  readonly folders: readonly string[];
}

export const definitionModules: Readonly<Record<BundleName, DefinitionModule>> = {
  // Calico's own module has no versions that a proxy serves. Its operator takes the files over unchanged; this release of it
  // names the same release of Calico.
  calico: {
    path: "github.com/tigera/operator",
    version: "v1.42.3",
    folders: ["pkg/imports/crds/calico/v1.crd.projectcalico.org", "pkg/imports/crds/calico/policy.networking.k8s.io"],
  },
  "external-snapshotter": {
    path: "github.com/kubernetes-csi/external-snapshotter/client/v8",
    version: "v{version}",
    folders: ["config/crd"],
  },
  "cert-manager": { path: "github.com/cert-manager/cert-manager", version: "v{version}", folders: ["deploy/crds"] },
  // The commit of its release 3.3.0: these files have not changed since.
  "aws-load-balancer-controller": {
    path: "sigs.k8s.io/aws-load-balancer-controller",
    version: "v0.0.0-20260505182222-46816a2070db",
    folders: ["config/crd/bases"],
  },
  "prometheus-operator": {
    path: "github.com/prometheus-operator/prometheus-operator",
    version: "v{version}",
    folders: ["example/prometheus-operator-crd"],
  },
  velero: { path: "github.com/vmware-tanzu/velero", version: "v{version}", folders: ["config/crd"] },
};
