import { isReserved } from "../../../../api/primitives.js";
import { StoreUnavailableError, type LocalUserStore, type StoredLocalUser } from "../../store/store.js";
import {
  BackendUnavailableError,
  type Credentials,
  type Identity,
  type IdentityBackend,
  type ManagedUser,
  type UserManager,
} from "../identity-backend.js";
import { hashPassword, NOBODYS_HASH, verifyPassword } from "./password-hash.js";

/** Users that kubernetes-auth keeps itself, with their passwords and groups: for trying it out, and for small sites. */
export class LocalBackend implements IdentityBackend {
  readonly name = "local";
  readonly manager: UserManager = {
    put: (username, user) => this.put(username, user),
    remove: (username) => asked(() => this.users.delete(username)),
  };

  constructor(private readonly users: LocalUserStore) {}

  async find(subject: string): Promise<Identity | undefined> {
    return enabledIdentity(await this.stored(subject));
  }

  findByName(username: string): Promise<Identity | undefined> {
    return this.find(username);
  }

  async signIn(credentials: Credentials): Promise<Identity | undefined> {
    if (credentials.type !== "password") return undefined;
    const user = await this.stored(credentials.username);
    // A user that there is not takes as long as a wrong password.
    const isRight = await verifyPassword(credentials.password, user?.passwordHash ?? NOBODYS_HASH);
    return isRight ? enabledIdentity(user) : undefined;
  }

  async ping(): Promise<void> {
    await this.stored("");
  }

  /** The store is not its own. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  private async put(username: string, { password, groups, disabled }: ManagedUser): Promise<void> {
    const known = await this.stored(username);
    await asked(async () =>
      this.users.put({
        username,
        passwordHash: password === undefined ? (known?.passwordHash ?? NOBODYS_HASH) : await hashPassword(password),
        groups: groups ?? known?.groups ?? [],
        disabled: disabled ?? known?.disabled ?? false,
      }),
    );
  }

  /** SQLite ends a text at NUL: another spelling of a name would get past what counts attempts by name. */
  private async stored(username: string): Promise<StoredLocalUser | undefined> {
    return username.includes("\0") ? undefined : asked(() => this.users.find(username));
  }
}

/** The back-end is the store: it answers when that does. */
async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw new BackendUnavailableError(error.message, { cause: error });
    throw error;
  }
}

function enabledIdentity(user: StoredLocalUser | undefined): Identity | undefined {
  if (user === undefined || user.disabled || isReserved(user.username)) return undefined;
  const groups = user.groups.filter((group) => !isReserved(group)).sort();
  return { subject: user.username, username: user.username, groups, roleNames: [] };
}
