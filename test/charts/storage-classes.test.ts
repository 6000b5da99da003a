import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { StorageClassesChart } from "../../charts/storage-classes/storage-classes-chart.js";
import { plannedCluster, type Cluster } from "../../src/config/cluster-outputs.js";
import { eks, openStack } from "../support/bootstraps.js";
import { ofKind, type Manifest } from "./manifests.js";

interface Class extends Manifest {
  readonly metadata: Manifest["metadata"] & { readonly annotations: Readonly<Record<string, string>> };
  readonly parameters?: Readonly<Record<string, string>>;
  readonly provisioner?: string;
  readonly driver?: string;
  readonly reclaimPolicy?: string;
  readonly deletionPolicy?: string;
}

const classesOf = (cluster: Cluster) =>
  Testing.synth(new StorageClassesChart(Testing.app(), "storage-classes", cluster)) as Class[];
const onOpenStack = plannedCluster(openStack());
const onEks = plannedCluster(eks());

describe.each([
  ["OpenStack", onOpenStack, "cinder.csi.openstack.org"],
  ["Amazon EKS", onEks, "ebs.csi.aws.com"],
])("storage classes on %s", (_title, cluster: Cluster, driver) => {
  const classes = classesOf(cluster);
  const volumes = ofKind(classes, "StorageClass");
  const snapshots = ofKind(classes, "VolumeSnapshotClass");

  it("have one default, which deletes what nobody claims, and one that keeps it", () => {
    const isDefault = (annotation: string) => (each: Class) => [
      each.metadata.name,
      each.reclaimPolicy ?? each.deletionPolicy,
      each.metadata.annotations[annotation],
    ];
    const expected = [
      ["default", "Delete", "true"],
      ["retain", "Retain", "false"],
    ];
    expect(volumes.map(isDefault("storageclass.kubernetes.io/is-default-class"))).toEqual(expected);
    expect(snapshots.map(isDefault("snapshot.storage.kubernetes.io/is-default-class"))).toEqual(expected);
  });

  it("are the provider's driver's", () => {
    expect(volumes.map(({ provisioner }) => provisioner)).toEqual([driver, driver]);
    expect(snapshots.map((each) => each.driver)).toEqual([driver, driver]);
  });

  it("wait for the pod, which says in which zone, and let volumes grow", () => {
    for (const each of volumes) {
      expect(each).toMatchObject({ volumeBindingMode: "WaitForFirstConsumer", allowVolumeExpansion: true });
    }
  });

  it("have one that Velero takes, whose snapshots outlive their namespace", () => {
    const labelled = snapshots.filter(({ metadata }) => metadata.labels?.["velero.io/csi-volumesnapshot-class"]);
    expect(labelled.map(({ deletionPolicy }) => deletionPolicy)).toEqual(["Retain"]);
  });
});

describe("storage classes", () => {
  it("encrypt on EKS, with the cluster's key", () => {
    for (const { parameters } of ofKind(classesOf(onEks), "StorageClass")) {
      expect(parameters).toMatchObject({ type: "gp3", encrypted: "true", kmsKeyId: onEks.outputs.dataKeyArn });
    }
  });

  it("take snapshots of volumes in use on OpenStack", () => {
    for (const { parameters } of ofKind(classesOf(onOpenStack), "VolumeSnapshotClass")) {
      expect(parameters).toEqual({ "force-create": "true" });
    }
  });
});
