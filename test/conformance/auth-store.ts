import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Store } from "../../src/services/auth/store/store.js";
import { describeClusters } from "./auth-store/clusters.js";
import { describeLocalUsers } from "./auth-store/local-users.js";
import { describeOidc } from "./auth-store/oidc.js";
import { describeSessions } from "./auth-store/sessions.js";
import { describeSignIns } from "./auth-store/sign-ins.js";
import { describeTokens } from "./auth-store/tokens.js";
import { describeUsers } from "./auth-store/users.js";

export interface StoreWorld {
  readonly store: Store;
  stop(): Promise<void>;
}

/** The contract of a store. */
export function describeStore(name: string, start: () => Promise<StoreWorld>): void {
  describe(`store ${name}`, () => {
    let world: StoreWorld | undefined;
    const store = () => {
      if (world === undefined) throw new Error("the store has not been started");
      return world.store;
    };

    beforeAll(async () => {
      world = await start();
    });
    afterAll(() => world?.stop());

    test("answers a ping", async () => {
      await expect(store().ping()).resolves.toBeUndefined();
    });

    describeUsers(store);
    describeTokens(store);
    describeClusters(store);
    describeSessions(store);
    describeLocalUsers(store);
    describeSignIns(store);
    describeOidc(store);
  });
}
