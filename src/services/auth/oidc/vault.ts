import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = "aes-256-gcm";

/** What the issuer keeps in the store: nobody else can read it, move it to another place, or use what it was made for. */
export class Vault {
  /** Of the cookies that tell who has signed in. */
  readonly cookieKey: string;
  private readonly contentKey: Uint8Array;
  private readonly idKey: Uint8Array;

  /** @param secret `encryptionKey` of the settings */
  constructor(secret: string) {
    const derived = (purpose: string) =>
      new Uint8Array(hkdfSync("sha256", secret, "", `kubernetes-auth oidc ${purpose}`, KEY_BYTES));
    this.contentKey = derived("content");
    this.idKey = derived("ids");
    this.cookieKey = Buffer.from(derived("cookies")).toString("base64");
  }

  /** What a record is found by. A short code cannot be guessed from it, as it could from a plain hash. */
  id(...parts: readonly string[]): Uint8Array {
    return new Uint8Array(createHmac("sha256", this.idKey).update(JSON.stringify(parts)).digest());
  }

  /** @param place where it is kept: it can be opened there only */
  seal(text: string, place: Uint8Array): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.contentKey, nonce).setAAD(place);
    const content = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), content]));
  }

  /** @returns undefined when it was sealed under another key, or for another place */
  open(sealed: Uint8Array, place: Uint8Array): string | undefined {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const content = sealed.subarray(NONCE_BYTES + TAG_BYTES);
    try {
      const decipher = createDecipheriv(CIPHER, this.contentKey, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(place).setAuthTag(tag);
      return Buffer.concat([decipher.update(content), decipher.final()]).toString("utf8");
    } catch {
      return undefined;
    }
  }
}
