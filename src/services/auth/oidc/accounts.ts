import type { IncomingMessage } from "node:http";
import type { Account, KoaContextWithOIDC } from "oidc-provider";
import { isReserved } from "../../../api/primitives.js";
import type { Services } from "../services.js";
import type { OidcClient } from "./oidc-settings.js";
import { askedFor } from "./unavailable.js";

export interface AccountsOptions {
  readonly services: Pick<Services, "store" | "directory" | "backend">;
  readonly clients: readonly OidcClient[];
  /** Ends what a user has that is none any more. */
  readonly ended: (userId: string, request: IncomingMessage) => Promise<void>;
}

/** Scopes that clients may ask for, with the claims that they give. No back-end tells e-mail addresses: that scope gives none. */
export const CLAIMS = {
  openid: ["sub", "preferred_username", "groups"],
  profile: ["name", "preferred_username"],
  groups: ["groups"],
};
export const SCOPES = ["openid", "offline_access", "profile", "email", "groups"];

/** Who somebody is at this moment: asked for each token. */
export class Accounts {
  constructor(private readonly options: AccountsOptions) {}

  /** @returns undefined when there is no such user any more, or it is disabled: then its grants end */
  async find(ctx: KoaContextWithOIDC, userId: string): Promise<Account | undefined> {
    const { services, clients, ended } = this.options;
    const roleScope = clients.find(({ id }) => id === ctx.oidc.client?.clientId)?.roleScope;
    const identity = await askedFor(async () => {
      const user = await services.store.users.find(userId);
      if (user?.backend !== services.backend.name) return undefined;
      return services.directory.find(user.subject, roleScope);
    });
    if (identity === undefined) {
      await ended(userId, ctx.req);
      return undefined;
    }
    const { username, groups } = identity;
    const claims = {
      sub: userId,
      preferred_username: username,
      name: username,
      groups: groups.filter((group) => !isReserved(group)),
    };
    return { accountId: userId, claims: () => claims };
  }
}
