/** Condition operator, then condition key, then the values of which one must match. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Who may do something: accounts and roles by their ARN, or AWS services by their name. */
export interface Principals {
  readonly AWS?: readonly string[];
  readonly Service?: readonly string[];
}

/** One rule of a policy. Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements */
export interface Statement {
  /** What the rule is for: letters and digits, one of its own in a document. */
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  /** @default - none, as in the policy of a role */
  readonly principals?: Principals;
  /** `<service>:<Action>` */
  readonly actions: readonly string[];
  /** @default - none, as in a trust policy */
  readonly resources?: readonly string[];
  /** @default - none */
  readonly conditions?: Conditions;
}

/**
 * The statements as IAM reads them. Keys stand in a fixed order and values in lists, even single ones, so that a plan
 * shows a difference only where there is one. Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar
 */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", principals, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: effect,
      ...(principals !== undefined && { Principal: principals }),
      Action: actions,
      ...(resources !== undefined && { Resource: resources }),
      ...(conditions !== undefined && { Condition: conditions }),
    })),
  });
}
