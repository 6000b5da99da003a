import type { X509Certificate } from "node:crypto";
import type { CertificateSpec, CertificateUsage } from "./certificate-plan.js";
import { endsSoon, inDays, isExpired, isoDate, validityOf } from "./validity.js";

/** A certificate is renewed when it has this long to go, or a third of its life if that is less. */
const RENEWAL_DAYS = 30;

/** What a certificate is worth to the cluster that it was made for. */
export type LeafState =
  | { readonly kind: "sound" }
  /** Completes "it …": `expired on 2026-11-20`. */
  | { readonly kind: "expired" | "ending" | "misfit"; readonly reason: string };

const OIDS: Readonly<Record<CertificateUsage, string>> = {
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
};

/** @param spec undefined when the cluster needs the certificate no longer: only its time is looked at then */
export function leafState(certificate: X509Certificate, spec: CertificateSpec | undefined, now: Date): LeafState {
  const validity = validityOf(certificate);
  if (isExpired(validity, now)) return { kind: "expired", reason: `expired on ${isoDate(validity.to)}` };
  if (spec === undefined) return { kind: "sound" };
  const reason = misfit(certificate, spec);
  if (reason !== undefined) return { kind: "misfit", reason };
  if (spec.life === "renewable" && endsSoon(validity, RENEWAL_DAYS, now)) {
    return { kind: "ending", reason: `ends ${inDays(validity.to, now)}` };
  }
  return { kind: "sound" };
}

function misfit(certificate: X509Certificate, spec: CertificateSpec): string | undefined {
  const subject = [`CN=${spec.commonName}`, ...(spec.organization === undefined ? [] : [`O=${spec.organization}`])];
  if (difference(certificate.subject.split("\n"), subject) !== undefined) {
    return `is another's: the subject is now ${subject.join(", ")}`;
  }
  const names = difference(certificate.subjectAltName?.split(", ") ?? [], [
    ...spec.dnsNames.map((name) => `DNS:${name}`),
    ...spec.ipAddresses.map((address) => `IP Address:${address}`),
  ]);
  if (names !== undefined) return `has other names: ${names}`;
  const usages = spec.usages.map((usage) => OIDS[usage]);
  // Absent where the certificate has no such extension, whatever its type says.
  const given = certificate.keyUsage as readonly string[] | undefined;
  return difference(given ?? [], usages) === undefined
    ? undefined
    : `has other usages: it needs ${spec.usages.join(", ")}`;
}

/** `+IP Address:10.0.0.17 -IP Address:10.0.0.16`; undefined when both hold the same. */
function difference(given: readonly string[], wanted: readonly string[]): string | undefined {
  const added = wanted.filter((entry) => !given.includes(entry)).map((entry) => `+${entry}`);
  const removed = given.filter((entry) => !wanted.includes(entry)).map((entry) => `-${entry}`);
  return added.length + removed.length === 0 ? undefined : [...added, ...removed].join(" ");
}
