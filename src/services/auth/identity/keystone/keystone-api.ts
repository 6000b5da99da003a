import { z } from "zod";
import type { RoleScope } from "../../../../api/clusters.js";
import { within } from "../deadline.js";
import { BackendUnavailableError } from "../identity-backend.js";
import { BriefMemory } from "./brief-memory.js";
import * as answers from "./keystone-answers.js";
import type { KeystoneAnswer, KeystoneHttp, KeystoneRequest } from "./keystone-http.js";
import type { KeystoneDomain } from "./keystone-settings.js";
import type { ServiceToken } from "./service-token.js";

export interface KeystoneApiOptions {
  readonly http: KeystoneHttp;
  readonly serviceToken: ServiceToken;
  readonly timeoutMilliseconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type Question = Pick<KeystoneRequest, "path" | "query" | "signal">;

/** Few domains and projects are asked for with every user. */
const PLACE_HOLDS_MILLISECONDS = 10_000;

/** What is asked of Keystone as the service user. */
export class KeystoneApi {
  /** Ids of enabled domains, by what they were asked by. */
  private readonly domains: BriefMemory<string | undefined>;
  private readonly scopes: BriefMemory<boolean>;

  constructor(private readonly options: KeystoneApiOptions) {
    this.domains = new BriefMemory(PLACE_HOLDS_MILLISECONDS, options.now);
    this.scopes = new BriefMemory(PLACE_HOLDS_MILLISECONDS, options.now);
  }

  user(id: string, signal: AbortSignal): Promise<answers.KeystoneUser | undefined> {
    return this.find({ path: `/users/${encodeURIComponent(id)}`, signal }, "user", answers.user);
  }

  async userByName(name: string, domainId: string, signal: AbortSignal): Promise<answers.KeystoneUser | undefined> {
    const question = { path: "/users", query: { name, domain_id: domainId }, signal };
    const users = await this.find(question, "users", z.array(answers.user));
    return users?.[0];
  }

  /** @returns its id; undefined when there is no such domain, or it is disabled */
  enabledDomain(domain: KeystoneDomain, signal: AbortSignal): Promise<string | undefined> {
    const known = this.domains.get(JSON.stringify(domain), () => this.askDomain(domain));
    return within(signal, known);
  }

  /** Whether there is such a project or domain, and nobody has disabled it: its roles count for nothing then. */
  isEnabled(scope: RoleScope, signal: AbortSignal): Promise<boolean> {
    const known = this.scopes.get(JSON.stringify(scope), () => this.askScope(scope));
    return within(signal, known);
  }

  /** Roles that the user has in the project or domain itself: own, those of groups, inherited and implied ones. */
  async roles(userId: string, scope: RoleScope, signal: AbortSignal): Promise<answers.RoleAssignments> {
    const place = "project" in scope ? { "scope.project.id": scope.project } : { "scope.domain.id": scope.domain };
    const query = { "user.id": userId, ...place, effective: "true", include_names: "true" };
    const question = { path: "/role_assignments", query, signal };
    const assignments = (await this.find(question, "role_assignments", answers.roleAssignments)) ?? [];
    return assignments.filter(
      ({ user, scope: { project, domain } }) =>
        user?.id === userId && ("project" in scope ? project?.id === scope.project : domain?.id === scope.domain),
    );
  }

  private async askDomain(domain: KeystoneDomain): Promise<string | undefined> {
    const signal = this.deadline();
    const found =
      "id" in domain ? await this.domainById(domain.id, signal) : await this.domainByName(domain.name, signal);
    return found?.enabled === true ? found.id : undefined;
  }

  private domainById(id: string, signal: AbortSignal) {
    return this.find({ path: `/domains/${encodeURIComponent(id)}`, signal }, "domain", answers.domain);
  }

  private async domainByName(name: string, signal: AbortSignal) {
    const domains = await this.find({ path: "/domains", query: { name }, signal }, "domains", z.array(answers.domain));
    return domains?.[0];
  }

  private async askScope(scope: RoleScope): Promise<boolean> {
    const signal = this.deadline();
    if ("domain" in scope) return (await this.enabledDomain({ id: scope.domain }, signal)) !== undefined;
    const question = { path: `/projects/${encodeURIComponent(scope.project)}`, signal };
    const project = await this.find(question, "project", answers.project);
    return project?.enabled === true && (await this.enabledDomain({ id: project.domain_id }, signal)) !== undefined;
  }

  /** What several wait for ends by itself, not with the first of them. */
  private deadline(): AbortSignal {
    return AbortSignal.timeout(this.options.timeoutMilliseconds);
  }

  /** @returns undefined when Keystone says that there is no such thing */
  private async find<T>(question: Question, member: string, shape: z.ZodType<T>): Promise<T | undefined> {
    let { status, body } = await this.ask(question);
    // The token was revoked, or its key was rotated away.
    if (status === 401) ({ status, body } = await this.ask(question));
    if (status === 200) return answers.readAnswer(body, member, shape);
    if (status === 404 && answers.isRefusal(body, 404)) return undefined;
    throw new BackendUnavailableError(`Keystone: GET ${question.path}: status ${status}`);
  }

  private async ask(question: Question): Promise<KeystoneAnswer> {
    const token = await within(question.signal, this.options.serviceToken.get());
    const answer = await this.options.http.send({ method: "GET", token, ...question });
    if (answer.status === 401) this.options.serviceToken.refused(token);
    return answer;
  }
}
