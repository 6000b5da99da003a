import { GetRoleCommand, NoSuchEntityException } from "@aws-sdk/client-iam";
import { ask, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { tagsByKey } from "./tags.js";

/** A role of the account, which is in none of its regions. */
export interface IamRole {
  /** As IAM has it, with the role's path. */
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Who may take it: a policy document, as JSON. */
  readonly trust: string;
}

/** @returns undefined in the answer when there is none of the name */
export function findRole({ home: { iam } }: AwsClients, name: string): Promise<Answer<IamRole | undefined>> {
  return ask("iam:GetRole", async (abortSignal) => {
    try {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }), { abortSignal });
      const { Arn: arn = "", Tags: tags = [], AssumeRolePolicyDocument: trust = "" } = Role ?? {};
      return {
        arn,
        tags: tagsByKey(tags),
        trust: decodeURIComponent(trust),
      };
    } catch (error) {
      if (error instanceof NoSuchEntityException) return undefined;
      throw error;
    }
  });
}
