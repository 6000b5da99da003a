import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { policyDocument, type Statement } from "../../../src/eks/policies/policy-document.js";

const PROGRAM = fileURLToPath(new URL("iam-simulator-program.mjs", import.meta.url));

/** What AWS says of an action. */
export interface IamAction {
  readonly name: string;
  /** Like `Write` or `List`. */
  readonly accessLevel: string;
  /** Whether a policy can narrow it to no resource. */
  readonly isWildcardOnly: boolean;
}

/** One resource of a call: IAM decides on each by itself. */
export interface IamRequest {
  /** An ARN, or the name of an AWS service. */
  readonly principal: string;
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  /** The account that the resource is in. */
  readonly accountId: string;
  /** @default {} */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** @default - none */
  readonly identityPolicy?: readonly Statement[];
  /** @default - none */
  readonly resourcePolicy?: readonly Statement[];
  /** Why AWS' own list of resources and context keys, as the simulator has it, does not fit. @default - it does */
  readonly unchecked?: string;
}

interface Decision {
  readonly decision: string;
  readonly ignoredContextKeys: readonly string[];
}

type Answer<T> = { readonly answer: T } | { readonly error: string };

/** IAM, as @cloud-copilot/iam-simulate decides: a program of its own, by its licence. */
export class IamSimulator {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;

  /** @param folder where setup.sh has installed it */
  constructor(folder: string) {
    this.child = spawn(process.execPath, [PROGRAM, folder], {
      stdio: ["pipe", "pipe", "inherit"],
      // What jest itself is started with.
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  stop(): void {
    this.child.stdin.end();
  }

  /** Undefined for an action that AWS does not have. */
  async describe(action: string): Promise<IamAction | undefined> {
    return (await this.ask<IamAction | null>({ describe: action })) ?? undefined;
  }

  /**
   * Whether IAM allows it. Fails when AWS would not know the request so: another kind of resource, or a context key
   * that it does not set, from which a refusal would follow that says nothing.
   */
  async allows(request: IamRequest): Promise<boolean> {
    const { principal, action, resource, accountId, context = {}, identityPolicy, resourcePolicy, unchecked } = request;
    const document = (statements: readonly Statement[]) => JSON.parse(policyDocument(statements)) as unknown;
    const { decision, ignoredContextKeys } = await this.ask<Decision>({
      check: unchecked === undefined,
      simulate: {
        request: {
          principal,
          action,
          resource: { resource, accountId },
          contextVariables: principal.startsWith("arn:") ? { "aws:PrincipalArn": principal, ...context } : context,
        },
        identityPolicies: identityPolicy === undefined ? [] : [{ name: "policy", policy: document(identityPolicy) }],
        ...(resourcePolicy !== undefined && { resourcePolicy: document(resourcePolicy) }),
        // What an account has that belongs to no organisation.
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
    });
    if (ignoredContextKeys.length > 0) {
      throw new Error(`${action} on ${resource} knows no ${ignoredContextKeys.join(", ")}`);
    }
    return decision === "Allowed";
  }

  /** One question at a time: answers come in the order of the questions. */
  private async ask<T>(question: unknown): Promise<T> {
    this.child.stdin.write(`${JSON.stringify(question)}\n`);
    const line = await this.lines.next();
    if (line.done === true) throw new Error(`the simulator ended with ${this.child.exitCode}`);
    const answer = JSON.parse(line.value) as Answer<T>;
    if ("error" in answer) throw new Error(`${answer.error}, asked ${JSON.stringify(question).slice(0, 2000)}`);
    return answer.answer;
  }
}
