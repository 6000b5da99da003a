import { generateKeyPair, type JsonWebKey } from "node:crypto";
import { promisify } from "node:util";
import { sha256 } from "../domain/secret-text.js";
import type { OidcStore, StoredSigningKey } from "../store/store.js";
import {
  nextSignsFrom,
  publishedKeysOf,
  signingKeyOf,
  type KeySchedule,
  type ScheduledKey,
} from "./signing-key-schedule.js";
import type { Vault } from "./vault.js";

/** The only algorithm that every client takes: API servers do unless told otherwise, and go-oidc, which most others use. */
export const SIGNING_ALGORITHM = "RS256";
const MODULUS_BITS = 2048;
/** Replicas read the keys several times in between. */
const SOON_MILLISECONDS = 60_000;

export interface SigningKey extends ScheduledKey {
  /** `kid` */
  readonly id: string;
  readonly created: Date;
  /** With its private parts. */
  readonly jwk: JsonWebKey;
}

export interface PublishedKeys {
  readonly signing: SigningKey;
  /** Those that verify, that which signs too. */
  readonly published: readonly SigningKey[];
}

export interface SigningKeysOptions {
  readonly store: OidcStore;
  readonly vault: Vault;
  readonly schedule: KeySchedule;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Tells of keys that are kept under another encryption key. */
  readonly warn: (message: string) => void;
}

/** Keys that tokens are signed with, the same ones for every replica. Replaced by age, before anybody has to notice. */
export class SigningKeys {
  private known: readonly SigningKey[] = [];
  private readonly unreadable = new Set<string>();

  constructor(private readonly options: SigningKeysOptions) {}

  /** Reads them anew; makes the one that is due, and forgets those that verify nothing any more. @throws StoreUnavailableError */
  async refresh(): Promise<PublishedKeys> {
    const { store, schedule, now } = this.options;
    let stored = await this.read();
    const signsFrom = nextSignsFrom(this.known, now(), schedule);
    if (signsFrom !== undefined) {
      await this.add(stored, signsFrom);
      stored = await this.read();
    }
    const published = new Set(publishedKeysOf(stored, now(), schedule).map(({ id }) => id));
    for (const { id } of stored) if (!published.has(id)) await store.deleteSigningKey(id);
    this.known = this.known.filter(({ id }) => published.has(id));
    return this.current();
  }

  /** As they were read last. */
  current(): PublishedKeys {
    const signing = signingKeyOf(this.known, this.options.now()) ?? this.known[0];
    if (signing === undefined) throw new Error("no signing key has been read");
    return { signing, published: this.known };
  }

  /**
   * Makes a key that signs soon.
   *
   * @param withdraw whether it signs at once, and nothing that another key has signed is taken any more: it has leaked
   * @throws StoreUnavailableError
   */
  async rotate({ withdraw }: { readonly withdraw: boolean }): Promise<PublishedKeys> {
    const { store, now } = this.options;
    const stored = await this.read();
    // When another replica is faster, there is a new key too.
    await this.add(stored, new Date(now() + (withdraw ? 0 : SOON_MILLISECONDS)));
    if (withdraw) for (const { id } of stored) await store.deleteSigningKey(id);
    return this.refresh();
  }

  private async read(): Promise<readonly StoredSigningKey[]> {
    const stored = await this.options.store.signingKeys();
    this.known = stored.flatMap((key) => {
      const jwk = this.options.vault.open(key.content, placeOf(key.id));
      if (jwk !== undefined) return [{ ...key, jwk: JSON.parse(jwk) as JsonWebKey }];
      if (!this.unreadable.has(key.id))
        this.options.warn(`the signing key ${key.id} is kept under another encryptionKey`);
      this.unreadable.add(key.id);
      return [];
    });
    return stored;
  }

  private async add(stored: readonly StoredSigningKey[], signsFrom: Date): Promise<void> {
    const { store, vault, now } = this.options;
    const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: MODULUS_BITS });
    const jwk = privateKey.export({ format: "jwk" });
    const id = thumbprint(jwk);
    await store.addSigningKey({
      number: Math.max(0, ...stored.map(({ number }) => number)) + 1,
      id,
      content: vault.seal(JSON.stringify(jwk), placeOf(id)),
      created: new Date(now()),
      signsFrom,
    });
  }
}

/** Source: RFC 7638. */
function thumbprint({ e, kty, n }: JsonWebKey): string {
  return sha256(JSON.stringify({ e, kty, n })).toString("base64url");
}

function placeOf(id: string): Uint8Array {
  return Buffer.from(`signing key ${id}`);
}
