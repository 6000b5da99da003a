import { AuthError } from "../errors.js";
import type { Page, PageRequest, StoredToken, TokenStore, UserStore } from "../store/store.js";
import { formatToken, hashToken, TOKEN_BYTES } from "./token-format.js";
import type { Principal } from "./principal.js";

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

export interface TokenAdminOptions {
  readonly tokens: TokenStore;
  readonly users: UserStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly randomId: () => string;
  readonly defaultLifetimeDays: number;
  readonly maxLifetimeDays: number;
}

export interface TokenRequest {
  readonly userId?: string;
  readonly description: string;
  readonly expires?: Date;
  readonly clusters?: readonly string[];
}

/** Tokens as their owners and administrators manage them. What is not theirs is not there for users. */
export class TokenAdmin {
  constructor(private readonly options: TokenAdminOptions) {}

  /** @returns the token with its value, which nobody can have again */
  async create(principal: Principal, request: TokenRequest): Promise<StoredToken & { readonly value: string }> {
    const { tokens, now, randomBytes, randomId } = this.options;
    const userId = await this.ownerOf(principal, request.userId);
    const created = new Date(now());
    const value = formatToken(randomBytes(TOKEN_BYTES));
    const token: StoredToken = {
      id: randomId(),
      userId,
      description: request.description,
      created,
      expires: this.expiryOf(created, request.expires),
      ...(request.clusters !== undefined && { clusters: request.clusters }),
    };
    await tokens.create({ ...token, hash: hashToken(value) });
    return { ...token, value };
  }

  list(principal: Principal, userId: string | undefined, page: PageRequest): Promise<Page<StoredToken>> {
    const whose = principal.type === "user" ? principal.user.id : userId;
    if (principal.type === "user" && userId !== undefined && userId !== whose) throw new AuthError("forbidden");
    return this.options.tokens.list(whose === undefined ? {} : { userId: whose }, page);
  }

  async find(principal: Principal, id: string): Promise<StoredToken> {
    const token = await this.options.tokens.find(id);
    if (token === undefined || token.deleted !== undefined) throw new AuthError("notFound");
    if (principal.type === "user" && token.userId !== principal.user.id) throw new AuthError("notFound");
    return token;
  }

  async describe(principal: Principal, id: string, description: string): Promise<StoredToken> {
    const token = await this.find(principal, id);
    if (!(await this.options.tokens.describe(id, description))) throw new AuthError("notFound");
    return { ...token, description };
  }

  async delete(principal: Principal, id: string): Promise<StoredToken> {
    const token = await this.find(principal, id);
    if (!(await this.options.tokens.delete(id, new Date(this.options.now())))) throw new AuthError("notFound");
    return token;
  }

  private async ownerOf(principal: Principal, userId: string | undefined): Promise<string> {
    if (principal.type === "user") {
      if (userId !== undefined && userId !== principal.user.id) throw new AuthError("forbidden");
      return principal.user.id;
    }
    if (userId === undefined) throw invalid("body.user_id", "is missing: whose token shall it be?");
    if ((await this.options.users.find(userId)) === undefined) throw invalid("body.user_id", "is no user's id");
    return userId;
  }

  private expiryOf(created: Date, asked: Date | undefined): Date {
    const { defaultLifetimeDays, maxLifetimeDays } = this.options;
    const latest = created.getTime() + maxLifetimeDays * DAY_MILLISECONDS;
    if (asked === undefined) {
      return new Date(Math.min(latest, created.getTime() + defaultLifetimeDays * DAY_MILLISECONDS));
    }
    if (asked.getTime() <= created.getTime()) throw invalid("body.expiry", "is not in the future");
    if (asked.getTime() > latest) throw invalid("body.expiry", `is later than ${maxLifetimeDays} days from now`);
    return asked;
  }
}

function invalid(path: string, problem: string): AuthError {
  return new AuthError("badRequest", [{ path, problem }]);
}
