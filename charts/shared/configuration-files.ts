import { createHash } from "node:crypto";
import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import { ownerLabels } from "./labels.js";

export interface ConfigurationFilesProps {
  readonly namespace: string;
  readonly name: string;
  /** Texts by file name. None is secret. */
  readonly files: Readonly<Record<string, string>>;
  /** Beside the owner's. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

const DIGEST_LENGTH = 16;

/** Files that programs are configured with, in a ConfigMap. */
export class ConfigurationFiles extends Construct {
  readonly name: string;
  /** Another one when a file changes. */
  readonly digest: string;

  constructor(scope: Construct, id: string, { namespace, name, files, labels = {} }: ConfigurationFilesProps) {
    super(scope, id);
    this.name = name;
    this.digest = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, DIGEST_LENGTH);
    new k8s.KubeConfigMap(this, "Default", {
      metadata: { name, namespace, labels: { ...ownerLabels, ...labels } },
      data: { ...files },
    });
  }
}
