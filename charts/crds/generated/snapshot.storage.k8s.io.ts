// Generated from the definitions of external-snapshotter 8.6.0 by `npm run crds -- types`: not to be edited.

export interface VolumeSnapshotClassProps {
  readonly deletionPolicy: "Delete" | "Retain";
  readonly driver: string;
  readonly parameters?: Readonly<Record<string, string>>;
}
