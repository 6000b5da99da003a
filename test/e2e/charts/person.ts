import { expect } from "@jest/globals";
import { type NodeHost, type Outcome } from "../support/node-host.js";

export type Manifest = Readonly<Record<string, unknown>>;

/** Who owns the fields that manifests set. */
export const FIELD_MANAGER = "kaas";

/** Somebody who asks the API server, by impersonation: for policies and RBAC there is no difference. */
export class Person {
  /** @param desk a machine whose kubectl may impersonate anybody */
  constructor(
    private readonly desk: NodeHost,
    readonly user: string,
    private readonly groups: readonly string[] = [],
  ) {}

  kubectl(args: readonly string[], input?: unknown): Promise<Outcome> {
    const identity = ["--as", this.user, ...this.groups.flatMap((group) => ["--as-group", group])];
    const options = input === undefined ? {} : { input: typeof input === "string" ? input : JSON.stringify(input) };
    return this.desk.attempt("kubectl", [...identity, ...args], options);
  }

  /** What must succeed. Resolves to its output. */
  async do(args: readonly string[], input?: unknown): Promise<string> {
    const { code, stdout, stderr } = await this.kubectl(args, input);
    if (code !== 0) throw new Error(`${this.user}: kubectl ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  /** By server-side apply, which must succeed. */
  async apply(manifests: unknown): Promise<void> {
    await this.do(["apply", "--server-side", "--field-manager", FIELD_MANAGER, "--filename", "-"], manifests);
  }

  /** Everything is done but storing. */
  tryCreate(manifest: Manifest): Promise<Outcome> {
    return this.kubectl(["create", "--dry-run=server", "--filename", "-"], manifest);
  }

  /** A request as it is. The path's own query follows a `?`. */
  raw(verb: "create" | "delete" | "get" | "replace", path: string, body?: Manifest): Promise<Outcome> {
    return this.kubectl([verb, "--raw", path, ...(body === undefined ? [] : ["--filename", "-"])], body);
  }

  /** Whether RBAC lets them, whether or not there is such a resource. */
  async can(resourceAttributes: Question): Promise<boolean> {
    const review = {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { resourceAttributes },
    };
    // kubectl would look for definitions of custom resources first, which few may.
    const answer = await this.do(
      ["create", "--validate=false", "--output", "jsonpath={.status.allowed}", "--filename", "-"],
      review,
    );
    return answer === "true";
  }
}

interface Question {
  readonly verb: string;
  /** @default - Kubernetes' first */
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
  /** @default - the whole cluster */
  readonly namespace?: string;
}

/** Refused by this policy, and by nothing else: a right that is missing is another answer. */
export function expectRefusal({ code, stderr }: Outcome, policy: string, message = ""): void {
  expect(stderr).toContain(`ValidatingAdmissionPolicy '${policy}' with binding '${policy}' denied request: ${message}`);
  expect(code).not.toBe(0);
}

/** @param answer of what lies behind the API server, which these tests have not. @default - success */
export function expectAcceptance({ code, stderr }: Outcome, answer?: RegExp): void {
  if (answer === undefined)
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("denied") });
  else expect(stderr).toMatch(answer);
}
