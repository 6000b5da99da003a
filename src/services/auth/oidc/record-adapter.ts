import { errors, type Adapter, type AdapterPayload } from "oidc-provider";
import type { OidcStore, StoredOidcRecord } from "../store/store.js";
import { askedFor } from "./unavailable.js";
import type { Vault } from "./vault.js";

export interface RecordAdapterOptions {
  readonly store: OidcStore;
  readonly vault: Vault;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Models that end with their grant. */
const OF_A_GRANT = new Set(["AccessToken", "AuthorizationCode", "DeviceCode", "RefreshToken"]);

/** Where the library keeps one kind of its things: in our store. */
export class RecordAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly options: RecordAdapterOptions,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { store, vault, now } = this.options;
    const key = this.keyOf(id);
    const reference = this.referenceOf(payload);
    const grantId = this.grantOf(id, payload);
    const userId = payload.accountId ?? payload.session?.accountId;
    await askedFor(() =>
      store.put({
        id: key,
        content: vault.seal(JSON.stringify(payload), key),
        expires: new Date(now() + expiresIn * 1000),
        ...(reference !== undefined && { reference }),
        ...(grantId !== undefined && { grantId }),
        ...(userId !== undefined && { userId }),
        ...(payload.clientId !== undefined && { clientId: payload.clientId }),
      }),
    );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    // Clients are in the settings alone: no name that somebody makes up is looked for.
    if (this.model === "Client") return undefined;
    return this.payloadOf(await askedFor(() => this.options.store.find(this.keyOf(id))));
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.findByReference(uid);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.findByReference(userCode);
  }

  /**
   * The library has looked whether it was used before, and so may another request at the same time: the store decides.
   *
   * @throws InvalidGrant, and the whole grant ends, as it does when one comes after the other
   */
  async consume(id: string): Promise<void> {
    const { store, now } = this.options;
    const key = this.keyOf(id);
    if (await askedFor(() => store.consume(key, new Date(now())))) return;
    const grantId = (await askedFor(() => store.find(key)))?.grantId;
    if (grantId !== undefined) await askedFor(() => store.deleteGrant(grantId));
    throw new errors.InvalidGrant("it was used already");
  }

  async destroy(id: string): Promise<void> {
    await askedFor(() => this.options.store.delete(this.keyOf(id)));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await askedFor(() => this.options.store.deleteGrant(this.options.vault.id("Grant", grantId)));
  }

  private async findByReference(text: string): Promise<AdapterPayload | undefined> {
    const reference = this.options.vault.id("reference", this.model, text);
    return this.payloadOf(await askedFor(() => this.options.store.findByReference(reference)));
  }

  private payloadOf(record: StoredOidcRecord | undefined): AdapterPayload | undefined {
    const text = record && this.options.vault.open(record.content, record.id);
    if (text === undefined) return undefined;
    const payload = JSON.parse(text) as AdapterPayload;
    return record?.consumed === undefined ? payload : { ...payload, consumed: seconds(record.consumed) };
  }

  private keyOf(id: string): Uint8Array {
    return this.options.vault.id(this.model, id);
  }

  private referenceOf({ uid, userCode }: AdapterPayload): Uint8Array | undefined {
    const text = this.model === "Session" ? uid : userCode;
    return text === undefined ? undefined : this.options.vault.id("reference", this.model, text);
  }

  private grantOf(id: string, { grantId }: AdapterPayload): Uint8Array | undefined {
    if (this.model === "Grant") return this.keyOf(id);
    return OF_A_GRANT.has(this.model) && grantId !== undefined ? this.options.vault.id("Grant", grantId) : undefined;
  }
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
