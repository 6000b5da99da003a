// The library finds its own parts by metadata that this one makes room for.
import "reflect-metadata";
import { generateKeyPairSync, randomBytes, webcrypto } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  type Extension,
  type JsonName,
} from "@peculiar/x509";
import type { KeyPair } from "../config/secret-variables.js";
import type { CertificateSpec } from "./certificate-plan.js";
import { addDays, addMinutes } from "./validity.js";

/** Clocks of new nodes run behind until they find their time server. */
const CLOCK_SKEW_MINUTES = 5;
const ECDSA_P256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const CRITICAL = true;

export interface KeyPem {
  /** SubjectPublicKeyInfo */
  readonly publicKey: string;
  /** PKCS #8 */
  readonly privateKey: string;
}

/** A new ECDSA P-256 key. */
export function makeKey(): KeyPem {
  return generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

/** A new authority, signed by itself, that issues no other authority. */
export async function issueAuthority(commonName: string, validityDays: number, now: Date): Promise<KeyPair> {
  const { publicKey, privateKey } = makeKey();
  const subject: JsonName = [{ CN: [commonName] }];
  const certificate = await sign({
    subject,
    issuer: subject,
    notAfter: addDays(now, validityDays),
    publicKey,
    signingKey: privateKey,
    extensions: [
      new BasicConstraintsExtension(true, 0, CRITICAL),
      // kubeadm's own have the digital signature too: it is what OCSP answers would be signed with.
      new KeyUsagesExtension(
        KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign,
        CRITICAL,
      ),
    ],
    now,
  });
  return { certificate, key: privateKey };
}

/**
 * A new certificate with a key of its own.
 *
 * @param validityDays undefined: as long as its authority, beyond which none is valid
 */
export async function issueCertificate(
  spec: CertificateSpec,
  authority: KeyPair,
  validityDays: number | undefined,
  now: Date,
): Promise<KeyPair> {
  const { publicKey, privateKey } = makeKey();
  const issuer = new X509Certificate(authority.certificate);
  const { commonName, organization, dnsNames, ipAddresses, usages } = spec;
  const names = [
    ...dnsNames.map((value) => ({ type: "dns" as const, value })),
    ...ipAddresses.map((value) => ({ type: "ip" as const, value })),
  ];
  const wanted = validityDays === undefined ? issuer.notAfter : addDays(now, validityDays);
  const certificate = await sign({
    subject: [...(organization === undefined ? [] : [{ O: [organization] }]), { CN: [commonName] }],
    issuer: issuer.subjectName.toJSON(),
    notAfter: wanted < issuer.notAfter ? wanted : issuer.notAfter,
    publicKey,
    signingKey: authority.key,
    extensions: [
      new BasicConstraintsExtension(false, undefined, CRITICAL),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, CRITICAL),
      new ExtendedKeyUsageExtension(usages.map((usage) => ExtendedKeyUsage[usage])),
      ...(names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names)]),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
    now,
  });
  return { certificate, key: privateKey };
}

interface ToBeSigned {
  readonly subject: JsonName;
  readonly issuer: JsonName;
  readonly notAfter: Date;
  readonly publicKey: string;
  readonly signingKey: string;
  readonly extensions: readonly Extension[];
  readonly now: Date;
}

async function sign({ publicKey, signingKey, extensions, now, ...params }: ToBeSigned): Promise<string> {
  const spki = derOf(publicKey);
  const certificate = await X509CertificateGenerator.create({
    ...params,
    serialNumber: serialNumber(),
    notBefore: addMinutes(now, -CLOCK_SKEW_MINUTES),
    publicKey: spki,
    signingKey: await webcrypto.subtle.importKey("pkcs8", derOf(signingKey), ECDSA_P256, false, ["sign"]),
    signingAlgorithm: ECDSA_P256,
    extensions: [...extensions, await SubjectKeyIdentifierExtension.create(spki)],
  });
  return `${certificate.toString("pem")}\n`;
}

/** 126 random bits: positive, and of the same length whatever they are. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString("hex");
}

function derOf(pem: string): Uint8Array<ArrayBuffer> {
  const [, body = ""] = /-----BEGIN [A-Z ]+-----([^-]+)-----END/.exec(pem) ?? [];
  return new Uint8Array(Buffer.from(body, "base64"));
}
