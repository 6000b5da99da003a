import type { RoleScope } from "../../../api/clusters.js";

/** Who somebody is, as an identity back-end tells it. */
export interface Identity {
  /** What the back-end knows the user by, which never changes. */
  readonly subject: string;
  readonly username: string;
  /** Groups, and roles by their ids: what RBAC binds to. None is of a reserved name. */
  readonly groups: readonly string[];
  /** Names of the roles, for people to read. */
  readonly roleNames: readonly string[];
}

/** A password, or an application credential of Keystone, which belongs to a user. */
export type Credentials =
  | { readonly type: "password"; readonly username: string; readonly password: string }
  | { readonly type: "application-credential"; readonly id: string; readonly secret: string };

/** What knows the users. Every method rejects with {@link BackendUnavailableError} when it cannot tell. */
export interface IdentityBackend {
  /** Stored with every user. */
  readonly name: "local" | "keystone" | "ldap";
  /**
   * Who a user is now.
   *
   * @param scope where roles count. @default - nowhere: groups only
   * @returns undefined when there is no such user any more, or it is disabled
   */
  find(subject: string, scope?: RoleScope): Promise<Identity | undefined>;
  /** @returns undefined when there is no enabled user of that name */
  findByName(username: string): Promise<Identity | undefined>;
  /**
   * Takes the same time for a user that there is not as for a wrong password.
   *
   * @returns undefined when the credentials are wrong, or the user is disabled
   */
  signIn(credentials: Credentials): Promise<Identity | undefined>;
  /** @default - users are managed elsewhere */
  readonly manager?: UserManager;
  /** Resolves when the back-end answers. */
  ping(): Promise<void>;
  /** Ends its connections. */
  close(): Promise<void>;
}

/** What can be told of a user to a back-end that keeps users itself. What is absent stays as it is. */
export interface ManagedUser {
  readonly password?: string;
  readonly groups?: readonly string[];
  readonly disabled?: boolean;
}

/** A back-end that keeps users itself. */
export interface UserManager {
  /** Makes the user when there is none. */
  put(username: string, user: ManagedUser): Promise<void>;
  /** @returns whether there was one */
  remove(username: string): Promise<boolean>;
}

/** The back-end does not answer, or answers that it cannot. */
export class BackendUnavailableError extends Error {
  override readonly name = "BackendUnavailableError";
}
