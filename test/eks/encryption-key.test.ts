import { describe, expect, it } from "@jest/globals";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resource, resourcesByAddress, resourcesOf } from "../support/synthesized.js";

const stack = clusterStack(eksCluster({ provider: { repositories: ["tools"] } }));

describe("the cluster's keys", () => {
  it("are two: who may use stored data has no right to Secrets", () => {
    expect(Object.keys(resourcesOf(stack, "aws_kms_key"))).toEqual(["control-plane-key", "data-key"]);
  });

  it("are renewed each year, and gone for good only after KMS' longest time to notice", () => {
    for (const key of Object.values(resourcesOf(stack, "aws_kms_key"))) {
      expect(key).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
      expect(key["is_enabled"] ?? true).toBe(true);
    }
  });

  it("are found by the cluster's name", () => {
    expect(resource(stack, "aws_kms_alias", "control-plane-key_alias")).toMatchObject({
      name: "alias/demo-control-plane",
      target_key_id: "${aws_kms_key.control-plane-key.key_id}",
    });
    expect(resource(stack, "aws_kms_alias", "data-key_alias")).toMatchObject({
      name: "alias/demo-data",
      target_key_id: "${aws_kms_key.data-key.key_id}",
    });
  });

  it("leave a way in to the account that they belong to", () => {
    for (const key of Object.values(resourcesOf(stack, "aws_kms_key"))) {
      const { Statement } = JSON.parse(String(key["policy"])) as {
        Statement: readonly { Effect: string; Principal: { AWS?: readonly string[] }; Action: readonly string[] }[];
      };
      const administering = Statement.filter(
        ({ Effect, Action }) => Effect === "Allow" && Action.some((action) => /^kms:(\*|PutKeyPolicy)$/.test(action)),
      );
      expect(administering.flatMap(({ Principal }) => Principal.AWS)).toEqual([
        expect.stringMatching(/:iam::\$\{data\.aws_caller_identity\.account_caller\.account_id\}:root$/),
      ]);
    }
  });

  it("are each for its own: Secrets and logs by the one, buckets and images by the other", () => {
    const users = (key: string) =>
      [...resourcesByAddress(stack)]
        .filter(([, attributes]) => JSON.stringify(attributes).includes(`"\${aws_kms_key.${key}.arn}"`))
        .map(([address]) => address.split(".")[0]);
    expect([...new Set(users("control-plane-key"))].sort()).toEqual(["aws_cloudwatch_log_group", "aws_eks_cluster"]);
    expect([...new Set(users("data-key"))]).toEqual(
      expect.arrayContaining(["aws_ecr_repository", "aws_s3_bucket_server_side_encryption_configuration"]),
    );
    expect(users("data-key")).not.toContain("aws_eks_cluster");
  });
});
