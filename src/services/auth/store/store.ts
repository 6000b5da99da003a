/** What kubernetes-auth keeps. Times are dates; ids are UUIDs that the caller makes. */
export interface StoredUser {
  readonly id: string;
  /** Identity back-end that knows the user. */
  readonly backend: string;
  /** What the back-end knows the user by, which never changes: not the name, which may. */
  readonly subject: string;
  /** The name when it was last seen. */
  readonly username: string;
  readonly created: Date;
}

export interface StoredToken {
  readonly id: string;
  readonly userId: string;
  readonly description: string;
  readonly created: Date;
  readonly expires: Date;
  /** Undefined while it is not deleted. */
  readonly deleted?: Date;
  readonly lastUsed?: Date;
  /** Names of the clusters that take it; undefined: every one. */
  readonly clusters?: readonly string[];
}

export interface NewStoredToken extends Omit<StoredToken, "deleted" | "lastUsed"> {
  /** SHA-256 of the token: the token itself is nowhere. */
  readonly hash: Uint8Array;
}

/** A token with whose it is: all that a review needs, read at once. */
export interface TokenWithUser {
  readonly token: StoredToken;
  readonly user: StoredUser;
}

/** Where users' roles count for a cluster, in Keystone's terms. */
export type StoredRoleScope = { readonly project: string } | { readonly domain: string };

export interface StoredCluster {
  readonly id: string;
  readonly name: string;
  readonly kubeconfig: string;
  readonly adminRole: string;
  readonly roleScope?: StoredRoleScope;
  readonly created: Date;
}

export interface StoredLocalUser {
  readonly username: string;
  /** In the PHC string format. */
  readonly passwordHash: string;
  readonly groups: readonly string[];
  readonly disabled: boolean;
}

/** That somebody signed in. */
export interface StoredSession {
  readonly userId: string;
  readonly expires: Date;
}

/** Part of a list, in the order of creation. */
export interface PageRequest {
  readonly limit: number;
  /** Position after which the page begins, as an earlier page told it. @default - the beginning */
  readonly after?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Position of the next page; undefined on the last. */
  readonly next?: string;
}

/**
 * Where kubernetes-auth keeps its state. What a promise has resolved for is durable. Every method rejects with
 * {@link StoreUnavailableError} when the store does not answer: nothing can be decided then.
 *
 * Its contract is test/conformance/auth-store: every implementation passes it.
 */
export interface Store {
  readonly users: UserStore;
  readonly tokens: TokenStore;
  readonly clusters: ClusterStore;
  readonly sessions: SessionStore;
  readonly localUsers: LocalUserStore;
  readonly signIns: SignInStore;
  readonly oidc: OidcStore;
  /** Resolves when the store answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface UserStore {
  /**
   * A user that was deleted is one again; none of its tokens and sessions is.
   *
   * @returns the user of the same back-end and subject when there is one already, with its new name
   */
  ensure(user: StoredUser): Promise<StoredUser>;
  find(id: string): Promise<StoredUser | undefined>;
  list(filter: { readonly username?: string }, page: PageRequest): Promise<Page<StoredUser>>;
  /** Its tokens are deleted with it, its sessions end. @returns whether there was one */
  delete(id: string, at: Date): Promise<boolean>;
}

export interface TokenStore {
  create(token: NewStoredToken): Promise<void>;
  /** Deleted and expired ones too, until they are purged. */
  findByHash(hash: Uint8Array): Promise<TokenWithUser | undefined>;
  find(id: string): Promise<StoredToken | undefined>;
  /** Those that are not deleted. */
  list(filter: { readonly userId?: string }, page: PageRequest): Promise<Page<StoredToken>>;
  describe(id: string, description: string): Promise<boolean>;
  /** @returns whether there was one that was not deleted yet */
  delete(id: string, at: Date): Promise<boolean>;
  /** Keeps the later of two times. A power failure may take back the latest: nobody waits for these. */
  recordUses(uses: ReadonlyMap<string, Date>): Promise<void>;
  /** Forgets tokens that expired or were deleted before a time. @returns how many */
  purge(before: Date, limit: number): Promise<number>;
  /** Tokens that are valid and expire before a time, soonest first. */
  expiring(now: Date, before: Date, limit: number): Promise<readonly TokenWithUser[]>;
}

export interface ClusterStore {
  /** @throws ConflictError when there is one of that name */
  create(cluster: StoredCluster): Promise<void>;
  find(id: string): Promise<StoredCluster | undefined>;
  findByName(name: string): Promise<StoredCluster | undefined>;
  list(filter: { readonly name?: string }, page: PageRequest): Promise<Page<StoredCluster>>;
  /** All but its name and when it was created. @returns whether there is one */
  replace(cluster: StoredCluster): Promise<boolean>;
  delete(id: string): Promise<boolean>;
}

export interface SessionStore {
  /** @param hash SHA-256 of what the user shows */
  create(hash: Uint8Array, session: StoredSession): Promise<void>;
  /** Whether it has expired is for the caller to tell. */
  find(hash: Uint8Array): Promise<{ readonly session: StoredSession; readonly user: StoredUser } | undefined>;
  delete(hash: Uint8Array): Promise<boolean>;
  deleteOfUser(userId: string): Promise<number>;
  purge(before: Date): Promise<number>;
}

export interface LocalUserStore {
  find(username: string): Promise<StoredLocalUser | undefined>;
  put(user: StoredLocalUser): Promise<void>;
  delete(username: string): Promise<boolean>;
}

/** An attempt to sign in. */
export interface StoredAttempt {
  readonly at: Date;
  /** Whether it is known to have failed; else nobody knows yet. */
  readonly isSettled: boolean;
}

/** What attempts to sign in are counted by. Keys are hashes: nobody can read here who tried, or what was typed as a name. */
export interface SignInStore {
  /**
   * Changes the attempts of a bucket while no other replica does.
   *
   * @param until when they may be forgotten
   * @param change may be called again: it changes nothing by itself
   */
  change<T>(
    bucket: Uint8Array,
    until: Date,
    change: (attempts: readonly StoredAttempt[]) => { readonly attempts: readonly StoredAttempt[]; readonly result: T },
  ): Promise<T>;
  rememberOrigin(origin: Uint8Array, until: Date): Promise<void>;
  isKnownOrigin(origin: Uint8Array, now: Date): Promise<boolean>;
  /** @returns how many buckets and origins were forgotten */
  purge(now: Date): Promise<number>;
}

/** Something that the OpenID Connect issuer remembers. Without its key nobody can read it, or use what it was made for. */
export interface StoredOidcRecord {
  /** A keyed hash: of the token itself, say. */
  readonly id: Uint8Array;
  /** Another keyed hash that it is found by. No two records have the same. */
  readonly reference?: Uint8Array;
  /** Of the grant that it ends with. */
  readonly grantId?: Uint8Array;
  readonly userId?: string;
  readonly clientId?: string;
  /** Encrypted. */
  readonly content: Uint8Array;
  /** When it was used, if it can be used once only. */
  readonly consumed?: Date;
  readonly expires: Date;
}

export interface StoredSigningKey {
  /** One more than that of the key before. */
  readonly number: number;
  /** `kid` */
  readonly id: string;
  /** Encrypted. */
  readonly content: Uint8Array;
  readonly created: Date;
  readonly signsFrom: Date;
}

export interface OidcStore {
  /** A record of the same id is replaced, but for when it was consumed. */
  put(record: StoredOidcRecord): Promise<void>;
  /** Whether it has expired is for the caller to tell. */
  find(id: Uint8Array): Promise<StoredOidcRecord | undefined>;
  findByReference(reference: Uint8Array): Promise<StoredOidcRecord | undefined>;
  /** @returns whether there was one that had not been consumed: true once, whoever asks at the same time */
  consume(id: Uint8Array, at: Date): Promise<boolean>;
  delete(id: Uint8Array): Promise<boolean>;
  /** @returns how many records ended with it */
  deleteGrant(grantId: Uint8Array): Promise<number>;
  /** Those that anything is remembered of for the user, in order. */
  clientsOfUser(userId: string): Promise<readonly string[]>;
  deleteOfUser(userId: string): Promise<number>;
  /** Forgets records that expired before a time. @returns how many */
  purge(before: Date, limit: number): Promise<number>;
  /** In the order of their numbers. */
  signingKeys(): Promise<readonly StoredSigningKey[]>;
  /** @returns false when there is one of that number: another replica was faster */
  addSigningKey(key: StoredSigningKey): Promise<boolean>;
  deleteSigningKey(id: string): Promise<boolean>;
}

/** The store does not answer, or answers that it cannot. */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";
}

/** There is one of that name already. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}
