import { createPublicKey } from "node:crypto";
import { formatPath, type Diagnostic, type Path } from "../config/diagnostics.js";
import type { KeyPair } from "../config/secret-variables.js";
import {
  authorityNames,
  leafCertificates,
  type AuthorityName,
  type LeafCertificate,
  type SecretsBundle,
} from "./bundle.js";
import { certificatePlan, type PkiConfig } from "./certificate-plan.js";
import { leafState } from "./leaf-state.js";
import { readCertificate, readPrivateKey, readPublicKey } from "./pem.js";
import { endsSoon, inDays, isExpired, isoDate, validityOf } from "./validity.js";

/** What does not stop a deployment yet. */
export interface BundleWarning {
  readonly path: Path;
  readonly message: string;
  readonly remedy: string;
}

export interface BundleCheck {
  /** What no new certificate mends: the bundle must come from elsewhere. */
  readonly damage: readonly Diagnostic[];
  /** What preparing the bundle mends: certificates that expired, are missing or no longer fit bootstrap.yaml. */
  readonly overdue: readonly Diagnostic[];
  readonly warnings: readonly BundleWarning[];
}

/** Time to plan the exchange of an authority, which restarts everything that trusts it. */
const AUTHORITY_WARNING_DAYS = 180;
const ROTATION = "exchange the authority: kubernetes.io/docs/tasks/tls/manual-rotation-of-ca-certificates";
const RESTORE = "restore the file from a backup; if no node was made with it yet, remove it and make another";

/** Everything that is wrong with a bundle, or will be soon, at once. No text of it holds anything secret. */
export function checkBundle(bundle: SecretsBundle, config: PkiConfig, now: Date): BundleCheck {
  const found = new Findings(config, now);
  if (bundle.cluster !== config.name) {
    found.damage.push({
      path: ["cluster"],
      value: bundle.cluster,
      problem: "is another cluster's bundle",
      expected: config.name,
      remedy: "restore the bundle of this cluster; it may have been copied with the folder",
    });
  }
  for (const name of authorityNames) found.checkAuthority(name, bundle.authorities[name]);
  for (const leaf of leafCertificates(bundle).values()) found.checkLeaf(leaf, bundle.authorities[leaf.issuer]);
  found.checkServiceAccount(bundle.serviceAccount);
  found.checkCompleteness(bundle);
  const { damage, overdue, warnings } = found;
  return { damage, overdue, warnings };
}

class Findings {
  readonly damage: Diagnostic[] = [];
  readonly overdue: Diagnostic[] = [];
  readonly warnings: BundleWarning[] = [];
  private readonly specs: ReadonlyMap<string, ReturnType<typeof certificatePlan>[number]>;
  private readonly renewal: string;

  constructor(
    config: PkiConfig,
    private readonly now: Date,
  ) {
    this.specs = new Map(certificatePlan(config).map((spec) => [formatPath(spec.path), spec]));
    this.renewal = `kaasctl preconfigure ${config.name}`;
  }

  checkAuthority(name: AuthorityName, pair: KeyPair): void {
    const path = ["authorities", name];
    const certificate = this.readPair(path, pair);
    if (certificate === undefined) return;
    if (!certificate.ca || !certificate.verify(certificate.publicKey)) {
      this.damaged([...path, "certificate"], "is no authority's", "the certificate of an authority, signed by itself");
    }
    const validity = validityOf(certificate);
    if (isExpired(validity, this.now)) {
      const problem = `expired on ${isoDate(validity.to)}, and everything that it issued`;
      this.damage.push({ path, problem, expected: "an authority that is valid", remedy: ROTATION });
    } else if (endsSoon(validity, AUTHORITY_WARNING_DAYS, this.now)) {
      const message = `ends ${inDays(validity.to, this.now)}, and everything that it issued`;
      this.warnings.push({ path, message, remedy: ROTATION });
    }
  }

  checkLeaf({ path, issuer, pair }: LeafCertificate, authority: KeyPair): void {
    const certificate = this.readPair(path, pair);
    if (certificate === undefined) return;
    const ca = readCertificate(authority.certificate);
    // What is wrong with the authority is said of the authority.
    if (ca !== undefined && !(certificate.checkIssued(ca) && certificate.verify(ca.publicKey))) {
      this.damaged(
        [...path, "certificate"],
        `was not issued by authorities.${issuer}`,
        `a certificate that authorities.${issuer} issued`,
      );
    }
    if (ca !== undefined && isExpired(validityOf(ca), this.now)) return;
    const state = leafState(certificate, this.specs.get(formatPath(path)), this.now);
    switch (state.kind) {
      case "sound":
        return;
      case "expired":
        this.mendable(path, state.reason, "a certificate that is valid", "renews it");
        return;
      case "misfit":
        this.mendable(path, state.reason, "what bootstrap.yaml asks for", "renews it");
        return;
      case "ending":
        this.warnings.push({ path, message: state.reason, remedy: `${this.renewal} renews it` });
    }
  }

  checkServiceAccount({ publicKey, privateKey }: SecretsBundle["serviceAccount"]): void {
    const publicPart = readPublicKey(publicKey);
    const privatePart = readPrivateKey(privateKey);
    if (publicPart === undefined) this.unreadable(["serviceAccount", "publicKey"], "public key");
    if (privatePart === undefined) this.unreadable(["serviceAccount", "privateKey"], "private key");
    if (publicPart === undefined || privatePart === undefined) return;
    if (!createPublicKey(privatePart).equals(publicPart)) {
      this.damaged(["serviceAccount", "publicKey"], "belongs to another key", "the public part of the private key");
    }
  }

  /** Whether bootstrap.yaml asks for more than the bundle has. */
  checkCompleteness(bundle: SecretsBundle): void {
    const present = leafCertificates(bundle);
    for (const [name, { path }] of this.specs) {
      if (!present.has(name))
        this.mendable(path, "is missing", "a certificate, for bootstrap.yaml asks for it", "makes it");
    }
  }

  /** @returns the certificate, also when its key is another's */
  private readPair(path: Path, { certificate: text, key: keyText }: KeyPair) {
    const certificate = readCertificate(text);
    const key = readPrivateKey(keyText);
    if (certificate === undefined) this.unreadable([...path, "certificate"], "certificate");
    if (key === undefined) this.unreadable([...path, "key"], "private key");
    if (certificate === undefined) return undefined;
    if (key !== undefined && !certificate.checkPrivateKey(key)) {
      this.damaged([...path, "key"], "is the key of another certificate", "the key of the certificate beside it");
    }
    const { from } = validityOf(certificate);
    if (from.getTime() > this.now.getTime()) {
      this.damage.push({
        path: [...path, "certificate"],
        problem: `is valid only from ${from.toISOString()}, and it is ${this.now.toISOString()} here`,
        expected: "a certificate that is valid",
        remedy: "set this machine's clock",
      });
    }
    return certificate;
  }

  private mendable(path: Path, problem: string, expected: string, does: string): void {
    this.overdue.push({ path, problem, expected, remedy: `${this.renewal} ${does}` });
  }

  private unreadable(path: Path, what: string): void {
    this.damaged(path, `is no whole ${what}: it was cut short or changed`, `a ${what} as PEM, ECDSA P-256`);
  }

  private damaged(path: Path, problem: string, expected: string): void {
    this.damage.push({ path, problem, expected, remedy: RESTORE });
  }
}
