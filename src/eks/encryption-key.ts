import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { policyDocument, type Statement } from "./policies/policy-document.js";

export interface EncryptionKeyProps {
  readonly identity: ClusterIdentity;
  /** Completes "Key of …", and names the alias: `alias/<cluster>-<purpose>`. */
  readonly purpose: "control-plane" | "data";
  readonly policy: readonly Statement[];
}

/** KMS' longest: a key that is gone takes everything with it that it has encrypted. */
const DELETION_WINDOW_DAYS = 30;

/** A key of the cluster's own, which KMS renews once a year. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { identity, purpose } = props;
    const key = new KmsKey(this, "Default", {
      description: identity.description(purpose === "data" ? "Key of the data" : "Key of Secrets and logs"),
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_WINDOW_DAYS,
      policy: policyDocument(props.policy),
    });
    new KmsAlias(this, "alias", { name: `alias/${identity.resourceName(purpose)}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
