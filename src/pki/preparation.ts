import { randomBytes, randomInt } from "node:crypto";
import { formatPath } from "../config/diagnostics.js";
import type { KeyPair } from "../config/secret-variables.js";
import {
  authorityNames,
  BUNDLE_VERSION,
  leafCertificates,
  type AuthorityName,
  type LeafCertificate,
  type SecretsBundle,
} from "./bundle.js";
import { checkBundle } from "./bundle-check.js";
import { authorityCommonNames, certificatePlan, type CertificateSpec, type PkiConfig } from "./certificate-plan.js";
import { issueAuthority, issueCertificate, makeKey } from "./issuer.js";
import { leafState } from "./leaf-state.js";
import { readCertificate } from "./pem.js";
import { validityOf } from "./validity.js";

/** What was done about one secret. */
export interface PreparationStep {
  /** Its path in the bundle: `etcdMembers.etcd-0.server`. */
  readonly secret: string;
  readonly action: "made" | "renewed" | "kept" | "dropped";
  /** Completes "it …", where something was done about what there was. */
  readonly reason?: string;
  /** Of certificates. */
  readonly expires?: Date;
}

export interface Preparation {
  readonly bundle: SecretsBundle;
  readonly steps: readonly PreparationStep[];
}

export interface PreparationInput {
  /** What there is. @default - nothing; everything is made */
  readonly existing?: SecretsBundle | undefined;
  readonly now: Date;
  /** `<user>:<password>` in base64. @default - the registry mirror asks for nothing */
  readonly registryAuth?: string | undefined;
  /** Whether the control plane has come up: from then on every controller joins. @default - what was said before */
  readonly initialised?: boolean;
}

/**
 * The secrets of a cluster: what there is and serves, and the rest made. Authorities, the service account's key and the
 * encryption key are made once and never again: everything that trusts them would have to be told.
 *
 * @throws RangeError when `existing` is damaged: the caller has checked it, and said so better
 */
export async function prepareBundle(config: PkiConfig, input: PreparationInput): Promise<Preparation> {
  const { existing, now, registryAuth, initialised = false } = input;
  if (existing !== undefined && checkBundle(existing, config, now).damage.length > 0) {
    throw new RangeError(`the secrets bundle of ${config.name} is damaged`);
  }
  const steps: PreparationStep[] = [];
  const authorities = await prepareAuthorities(config, existing, now, steps);
  const once = <T>(secret: string, there: T | undefined, make: () => T): T => {
    steps.push({ secret, action: there === undefined ? "made" : "kept" });
    return there ?? make();
  };
  const serviceAccount = once("serviceAccount", existing?.serviceAccount, makeKey);
  const encryptionKey = once("encryptionKey", existing?.encryptionKey, () => randomBytes(32).toString("base64"));
  const bootstrapToken = once("bootstrapToken", existing?.bootstrapToken, makeBootstrapToken);
  const leaves = await prepareLeaves(config, { existing, authorities, now }, steps);
  steps.push(...registryStep(existing?.registryAuth, registryAuth));

  const leaf = (...path: readonly string[]): KeyPair => {
    const pair = leaves.get(formatPath(path));
    if (pair === undefined) throw new RangeError(`the plan has no ${formatPath(path)}`);
    return pair;
  };
  const members = config.etcd.stacked ? [] : config.etcd.nodes;
  const bundle: SecretsBundle = {
    apiVersion: BUNDLE_VERSION,
    cluster: config.name,
    initialised: initialised || (existing?.initialised ?? false),
    authorities,
    serviceAccount,
    encryptionKey,
    bootstrapToken,
    etcdMembers: Object.fromEntries(
      members.map(({ key }) => [
        key,
        { server: leaf("etcdMembers", key, "server"), peer: leaf("etcdMembers", key, "peer") },
      ]),
    ),
    etcdClient: leaf("etcdClient"),
    webhookClient: leaf("webhookClient"),
    ...(config.auth.mode === "hosted" && { authServer: leaf("authServer") }),
    admin: leaf("admin"),
    ...(registryAuth !== undefined && { registryAuth }),
  };
  return { bundle, steps };
}

async function prepareAuthorities(
  { pki }: PkiConfig,
  existing: SecretsBundle | undefined,
  now: Date,
  steps: PreparationStep[],
): Promise<SecretsBundle["authorities"]> {
  const pairs: [AuthorityName, KeyPair][] = [];
  for (const name of authorityNames) {
    const there = existing?.authorities[name];
    const pair = there ?? (await issueAuthority(authorityCommonNames[name], pki.caValidityDays, now));
    pairs.push([name, pair]);
    steps.push({ secret: `authorities.${name}`, action: there === undefined ? "made" : "kept", ...expiry(pair) });
  }
  return Object.fromEntries(pairs) as SecretsBundle["authorities"];
}

interface LeafInput {
  readonly existing: SecretsBundle | undefined;
  readonly authorities: SecretsBundle["authorities"];
  readonly now: Date;
}

async function prepareLeaves(
  config: PkiConfig,
  { existing, authorities, now }: LeafInput,
  steps: PreparationStep[],
): Promise<ReadonlyMap<string, KeyPair>> {
  const there: ReadonlyMap<string, LeafCertificate> = existing === undefined ? new Map() : leafCertificates(existing);
  const leaves = new Map<string, KeyPair>();
  for (const spec of certificatePlan(config)) {
    const secret = formatPath(spec.path);
    const before = there.get(secret)?.pair;
    const reason = before === undefined ? undefined : renewalReason(before, spec, now);
    const keep = before !== undefined && reason === undefined;
    const days = spec.life === "renewable" ? config.pki.certificateValidityDays : undefined;
    const pair = keep ? before : await issueCertificate(spec, authorities[spec.issuer], days, now);
    leaves.set(secret, pair);
    const action = keep ? "kept" : before === undefined ? "made" : "renewed";
    steps.push({ secret, action, ...(reason !== undefined && { reason }), ...expiry(pair) });
  }
  for (const secret of there.keys()) {
    if (!leaves.has(secret)) steps.push({ secret, action: "dropped", reason: "is not in bootstrap.yaml any more" });
  }
  return leaves;
}

function renewalReason(pair: KeyPair, spec: CertificateSpec, now: Date): string | undefined {
  const certificate = readCertificate(pair.certificate);
  if (certificate === undefined) return undefined;
  const state = leafState(certificate, spec, now);
  return state.kind === "sound" ? undefined : state.reason;
}

function registryStep(before: string | undefined, after: string | undefined): readonly PreparationStep[] {
  const secret = "registryAuth";
  if (after === undefined) {
    return before === undefined ? [] : [{ secret, action: "dropped", reason: "is not in bootstrap.yaml any more" }];
  }
  if (before === undefined) return [{ secret, action: "made" }];
  return [before === after ? { secret, action: "kept" } : { secret, action: "renewed", reason: "is another now" }];
}

function expiry({ certificate }: KeyPair): { readonly expires?: Date } {
  const parsed = readCertificate(certificate);
  return parsed === undefined ? {} : { expires: validityOf(parsed).to };
}

const TOKEN_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

function makeBootstrapToken(): string {
  const characters = (count: number) =>
    Array.from({ length: count }, () => TOKEN_CHARACTERS[randomInt(TOKEN_CHARACTERS.length)]).join("");
  return `${characters(6)}.${characters(16)}`;
}
