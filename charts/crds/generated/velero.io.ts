// Generated from the definitions of velero 1.18.3 by `npm run crds -- types`: not to be edited.

export interface ScheduleProps {
  readonly spec?: ScheduleSpec;
}

export interface ScheduleSpec {
  readonly paused?: boolean;
  readonly schedule: string;
  readonly skipImmediately?: boolean;
  readonly template: Template;
  readonly useOwnerReferencesInBackup?: boolean;
}

export interface Template {
  readonly csiSnapshotTimeout?: string;
  readonly datamover?: string;
  readonly defaultVolumesToFsBackup?: boolean;
  readonly defaultVolumesToRestic?: boolean;
  readonly excludedClusterScopedResources?: readonly string[];
  readonly excludedNamespaceScopedResources?: readonly string[];
  readonly excludedNamespaces?: readonly string[];
  readonly excludedResources?: readonly string[];
  readonly hooks?: Hooks;
  readonly includeClusterResources?: boolean;
  readonly includedClusterScopedResources?: readonly string[];
  readonly includedNamespaceScopedResources?: readonly string[];
  readonly includedNamespaces?: readonly string[];
  readonly includedResources?: readonly string[];
  readonly itemOperationTimeout?: string;
  readonly labelSelector?: LabelSelector;
  readonly metadata?: Metadata;
  readonly orLabelSelectors?: readonly LabelSelector[];
  readonly orderedResources?: Readonly<Record<string, string>>;
  readonly resourcePolicy?: ResourcePolicy;
  readonly snapshotMoveData?: boolean;
  readonly snapshotVolumes?: boolean;
  readonly storageLocation?: string;
  readonly ttl?: string;
  readonly uploaderConfig?: UploaderConfig;
  readonly volumeGroupSnapshotLabelKey?: string;
  readonly volumeSnapshotLocations?: readonly string[];
}

export interface Hooks {
  readonly resources?: readonly Resource[];
}

export interface Resource {
  readonly excludedNamespaces?: readonly string[];
  readonly excludedResources?: readonly string[];
  readonly includedNamespaces?: readonly string[];
  readonly includedResources?: readonly string[];
  readonly labelSelector?: LabelSelector;
  readonly name: string;
  readonly post?: readonly Post[];
  readonly pre?: readonly Post[];
}

export interface LabelSelector {
  readonly matchExpressions?: readonly MatchExpression[];
  readonly matchLabels?: Readonly<Record<string, string>>;
}

export interface MatchExpression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface Post {
  readonly exec: Exec;
}

export interface Exec {
  readonly command: readonly string[];
  readonly container?: string;
  readonly onError?: "Continue" | "Fail";
  readonly timeout?: string;
}

export interface Metadata {
  readonly labels?: Readonly<Record<string, string>>;
}

export interface ResourcePolicy {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

export interface UploaderConfig {
  readonly parallelFilesUpload?: number;
}

export interface BackupStorageLocationProps {
  readonly spec?: BackupStorageLocationSpec;
}

export interface BackupStorageLocationSpec {
  readonly accessMode?: "ReadOnly" | "ReadWrite";
  readonly backupSyncPeriod?: string;
  readonly config?: Readonly<Record<string, string>>;
  readonly credential?: Credential;
  readonly default?: boolean;
  readonly objectStorage: ObjectStorage;
  readonly provider: string;
  readonly validationFrequency?: string;
}

export interface Credential {
  readonly key: string;
  readonly name?: string;
  readonly optional?: boolean;
}

export interface ObjectStorage {
  readonly bucket: string;
  readonly caCert?: string;
  readonly caCertRef?: Credential;
  readonly prefix?: string;
}

export interface VolumeSnapshotLocationProps {
  readonly spec?: VolumeSnapshotLocationSpec;
}

export interface VolumeSnapshotLocationSpec {
  readonly config?: Readonly<Record<string, string>>;
  readonly credential?: Credential;
  readonly provider: string;
}
