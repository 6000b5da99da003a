import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from "node:crypto";

type Label = "CERTIFICATE" | "PRIVATE KEY" | "PUBLIC KEY";

/** One block and nothing else: readers take the first of several, and would not see that another follows. */
function isOneBlock(text: string, label: Label): boolean {
  return new RegExp(`^-----BEGIN ${label}-----\n(?:[A-Za-z0-9+/=]{1,64}\n)+-----END ${label}-----\n$`).test(text);
}

/** Undefined for what is no whole PEM text of a certificate. */
export function readCertificate(text: string): X509Certificate | undefined {
  return isOneBlock(text, "CERTIFICATE") ? attempt(() => new X509Certificate(text)) : undefined;
}

/** Undefined for what is no whole PEM text of an ECDSA P-256 private key in PKCS #8. */
export function readPrivateKey(text: string): KeyObject | undefined {
  return isOneBlock(text, "PRIVATE KEY") ? onlyP256(attempt(() => createPrivateKey(text))) : undefined;
}

/** Undefined for what is no whole PEM text of an ECDSA P-256 public key. */
export function readPublicKey(text: string): KeyObject | undefined {
  return isOneBlock(text, "PUBLIC KEY") ? onlyP256(attempt(() => createPublicKey(text))) : undefined;
}

function onlyP256(key: KeyObject | undefined): KeyObject | undefined {
  return key?.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : undefined;
}

/** OpenSSL throws for what it cannot read; what it says of it helps nobody. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
