import type { OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import type { SecretsBundle } from "../../../src/pki/bundle.js";
import { prepareBundle } from "../../../src/pki/preparation.js";
import { merge, openStack } from "../../support/bootstraps.js";

export const now = new Date("2026-11-21T10:00:00Z");

export function daysLater(days: number): Date {
  return new Date(now.getTime() + days * 86_400_000);
}

/** A cluster with three members of etcd. */
export function cluster(changes: Readonly<Record<string, unknown>> = {}): OpenStackClusterConfig {
  const base = { cluster: { domain: "example.com", profile: "development" }, etcd: { count: 3 } };
  return openStack(merge(base, changes));
}

/** A bundle that is made anew. */
export async function makeBundle(config = cluster(), time = now): Promise<SecretsBundle> {
  return (await prepareBundle(config, { now: time })).bundle;
}

/** Another bundle of the same shape, for parts that fit nowhere else. */
export const foreignBundle = await makeBundle();
/** A bundle to break copies of. */
export const soundBundle = await makeBundle();

/** Every text of a bundle that must not be seen: keys as they stand and by line, tokens and passwords. */
export function secretsOf(bundle: SecretsBundle): readonly string[] {
  const found: string[] = [bundle.encryptionKey, bundle.bootstrapToken];
  if (bundle.registryAuth !== undefined) found.push(bundle.registryAuth);
  JSON.stringify(bundle, (_key, value: unknown) => {
    if (typeof value === "string" && value.includes("PRIVATE KEY")) {
      found.push(...value.split("\n").filter((line) => line !== "" && !line.startsWith("-----") && line.length > 20));
    }
    return value;
  });
  return found;
}
