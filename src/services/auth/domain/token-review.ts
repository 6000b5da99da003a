import type { UserInfo } from "../../../api/token-review.js";
import { isReserved } from "../../../api/primitives.js";
import type { Identity } from "../identity/identity-backend.js";
import type { IdentityDirectory } from "../identity/identity-directory.js";
import type { StoredToken, TokenStore } from "../store/store.js";
import type { AskingCluster } from "./asking-cluster.js";
import { hashToken, isTokenOfOurs } from "./token-format.js";

export interface ReviewedToken {
  readonly token: string;
  /** Who it must be for. @default - anybody */
  readonly audiences?: readonly string[];
  /** Undefined when whoever asks showed no certificate of a cluster. */
  readonly cluster?: AskingCluster;
}

/** Why a token is refused. Only of tokens of our form is it told: API servers do not cache an answer with an error. */
export type Refusal = "not-ours" | "no-token" | "expired" | "deleted" | "other-cluster" | "other-audience" | "no-user";

export type Decision =
  | {
      readonly authenticated: true;
      readonly user: UserInfo;
      readonly audiences?: readonly string[];
      readonly tokenId: string;
    }
  | { readonly authenticated: false; readonly refusal: Refusal; readonly tokenId?: string };

/** What API servers are told. The first is the reference's. */
export const refusalMessages: Readonly<Partial<Record<Refusal, string>>> = {
  "no-token": "No token found",
  expired: "Token expired",
  deleted: "Token deleted",
  "other-cluster": "Token is not for this cluster",
  "no-user": "User not found or disabled",
};

export interface TokenReviewerOptions {
  readonly tokens: Pick<TokenStore, "findByHash">;
  readonly directory: Pick<IdentityDirectory, "find">;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Who the tokens are for. Empty: whoever asks. */
  readonly audiences: readonly string[];
  /** Told of every token that was taken. */
  readonly used: (tokenId: string, at: Date) => void;
}

/** Decides whether a token signs somebody in, and who that is. */
export class TokenReviewer {
  constructor(private readonly options: TokenReviewerOptions) {}

  /**
   * Asks the store for tokens of our form only, and once.
   *
   * @throws StoreUnavailableError, BackendUnavailableError when nothing can be decided
   */
  async review({ token: text, audiences: asked = [], cluster }: ReviewedToken): Promise<Decision> {
    if (!isTokenOfOurs(text)) return refused("not-ours");
    const found = await this.options.tokens.findByHash(hashToken(text));
    if (found === undefined) return refused("no-token");
    const { token, user } = found;
    const now = this.options.now();
    if (token.deleted !== undefined) return refused("deleted", token);
    if (token.expires.getTime() <= now) return refused("expired", token);
    if (token.clusters !== undefined && (cluster === undefined || !token.clusters.includes(cluster.name))) {
      return refused("other-cluster", token);
    }
    const audiences = this.sharedAudiences(asked);
    if (audiences?.length === 0) return refused("other-audience", token);
    const identity = await this.options.directory.find(user.subject, cluster?.roleScope);
    if (identity === undefined || isReserved(identity.username)) return refused("no-user", token);
    this.options.used(token.id, new Date(now));
    return {
      authenticated: true,
      user: userInfo(identity, user.id, token.id),
      tokenId: token.id,
      ...(audiences !== undefined && { audiences }),
    };
  }

  /** Undefined when nobody asked for an audience, or none was configured: then the API server takes its own for granted. */
  private sharedAudiences(asked: readonly string[]): readonly string[] | undefined {
    if (asked.length === 0 || this.options.audiences.length === 0) return undefined;
    return asked.filter((audience) => this.options.audiences.includes(audience));
  }
}

function refused(refusal: Refusal, token?: StoredToken): Decision {
  return { authenticated: false, refusal, ...(token !== undefined && { tokenId: token.id }) };
}

/** Extra keys are lower case, with a domain of ours. Source: kubernetes.io/docs/reference/access-authn-authz/authentication */
const EXTRA_TOKEN_ID = "kaas.rackspace.com/token-id";
const EXTRA_ROLE_NAMES = "kaas.rackspace.com/role-names";

function userInfo({ username, groups, roleNames }: Identity, uid: string, tokenId: string): UserInfo {
  return {
    username,
    uid,
    groups: groups.filter((group) => !isReserved(group)),
    extra: { [EXTRA_TOKEN_ID]: [tokenId], ...(roleNames.length > 0 && { [EXTRA_ROLE_NAMES]: [...roleNames] }) },
  };
}
