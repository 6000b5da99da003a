import { armor, Decrypter, Encrypter } from "age-encryption";
import { UserError } from "../lib/user-error.js";

/** Encrypts a text to everyone named, in age's ASCII armor. @throws UserError naming the recipient that is none */
export async function encryptToRecipients(text: string, recipients: readonly string[]): Promise<string> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new UserError(
        `pki.ageRecipients: ${recipient} is no age recipient`,
        "paste the public key that age-keygen printed; a character of it was changed",
      );
    }
  }
  return `${armor.encode(await encrypter.encrypt(text)).trimEnd()}\n`;
}

export type Decryption =
  | { readonly kind: "text"; readonly text: string }
  /** It was encrypted to others. */
  | { readonly kind: "other-recipients" }
  /** It is no whole age file. */
  | { readonly kind: "damaged" };

/** What the library says then; it has no error of its own for it. */
const NO_MATCH = "no identity matched";

/** @param identities `AGE-SECRET-KEY-1…` */
export async function decryptWithIdentities(armored: string, identities: readonly string[]): Promise<Decryption> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return { kind: "text", text: await decrypter.decrypt(armor.decode(armored), "text") };
  } catch (error) {
    return { kind: String(error).includes(NO_MATCH) ? "other-recipients" : "damaged" };
  }
}

/**
 * The identities of a file as age-keygen writes it. Undefined when a line of it is none: one of a plugin, or a file that is
 * encrypted itself, neither of which can be used here.
 */
export function parseIdentities(text: string): readonly string[] | undefined {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  return lines.length > 0 && lines.every(isIdentity) ? lines : undefined;
}

function isIdentity(line: string): boolean {
  try {
    new Decrypter().addIdentity(line);
    return true;
  } catch {
    return false;
  }
}
