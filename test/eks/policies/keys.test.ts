import { describe, expect, it } from "@jest/globals";
import { controlPlaneKeyPolicy, dataKeyPolicy } from "../../../src/eks/policies/keys.js";
import { ACCOUNT, demo, REGION } from "./support/documents.js";
import { allowing } from "./support/statements.js";

const CRYPTOGRAPHY = ["Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom"];
const USES = [...CRYPTOGRAPHY, "ReEncryptTo", "CreateGrant"].map((action) => `kms:${action}`);
const root = { AWS: [`arn:aws:iam::${ACCOUNT}:root`] };

describe("the key of Secrets and logs", () => {
  const statements = controlPlaneKeyPolicy(demo.facts);

  it("stays the account's to administer, whatever becomes of the roles", () => {
    expect(statements[0]).toMatchObject({ principals: root, actions: ["kms:*"] });
    expect(statements[0]).not.toHaveProperty("conditions");
  });

  it.each(CRYPTOGRAPHY)("lets CloudWatch Logs %s in this region, for log groups of this cluster", (action) => {
    const service = allowing(statements, `kms:${action}`).filter(({ principals }) => principals?.Service !== undefined);
    expect(service.map(({ principals }) => principals)).toEqual([{ Service: [`logs.${REGION}.amazonaws.com`] }]);
    expect(service[0]?.conditions).toEqual({
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": [
          `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/eks/demo/*`,
          `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/vpc/demo/*`,
        ],
      },
    });
  });
});

describe("the key of the data", () => {
  const statements = dataKeyPolicy(demo.facts);

  it.each(USES)("is used for %s by callers of this account through a service of this region alone", (action) => {
    const allowed = allowing(statements, action);
    expect(allowed.length).toBeGreaterThan(0);
    for (const { conditions } of allowed) {
      expect(conditions?.["StringEquals"]?.["kms:CallerAccount"]).toEqual([ACCOUNT]);
      const services = conditions?.["StringEquals"]?.["kms:ViaService"] ?? [];
      expect(services.length).toBeGreaterThan(0);
      expect(services.filter((service) => !/^(ec2|ecr|s3)\.eu-central-1\.amazonaws\.com$/.test(service))).toEqual([]);
    }
  });

  it("is granted only to services, for what they keep", () => {
    for (const { conditions } of allowing(statements, "kms:CreateGrant")) {
      expect(conditions?.["Bool"]).toEqual({ "kms:GrantIsForAWSResource": ["true"] });
    }
  });

  it("stays the account's to administer, without a condition that could lock it out", () => {
    for (const action of ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion"]) {
      const [statement] = allowing(statements, action);
      expect(statement?.principals).toEqual(root);
      expect(statement).not.toHaveProperty("conditions");
    }
  });

  it("is open to no caller without IAM's word", () => {
    expect(statements.filter(({ principals }) => principals?.AWS?.includes("*"))).toEqual([]);
  });
});
