import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository/index.js";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { identifier } from "../lib/identifier.js";

export interface RegistryProps {
  readonly identity: ClusterIdentity;
  /** A repository is named `<cluster>/<repository>`. */
  readonly repositories: readonly string[];
  readonly keyArn: string;
  /** Whether destroying a repository deletes its images; else it fails while there are any. */
  readonly deleteContent: boolean;
}

/** Images that no tag names are those of builds that failed or were never finished. */
const UNTAGGED_DAYS = 14;

/** Repositories for images in Amazon's registry (ECR), where a tag never moves. */
export class Registry extends Construct {
  /** Repository to its address. */
  readonly urls: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: RegistryProps) {
    super(scope, id);
    this.urls = Object.fromEntries(
      props.repositories.map((name) => {
        const scope = new Construct(this, identifier(name));
        const repository = new EcrRepository(scope, "Default", {
          name: `${props.identity.clusterName}/${name}`,
          imageTagMutability: "IMMUTABLE",
          imageScanningConfiguration: { scanOnPush: true },
          encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: props.keyArn }],
          forceDelete: props.deleteContent,
        });
        new EcrLifecyclePolicy(scope, "lifecycle", { repository: repository.name, policy: LIFECYCLE });
        return [name, repository.repositoryUrl];
      }),
    );
  }
}

/** Source: docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
const LIFECYCLE = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      description: `Untagged images end after ${UNTAGGED_DAYS} days`,
      selection: {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: UNTAGGED_DAYS,
      },
      action: { type: "expire" },
    },
  ],
});
