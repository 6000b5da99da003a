import { isOpenStack } from "../../config/cluster-config.js";
import type { LoadedEnvironment } from "../../config/load-environments.js";
import type { Finding } from "../../preflight/finding.js";
import { exitCodes, type ExitCode } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { withProgress } from "./progress.js";

/** What the cloud of one environment was asked. */
export interface Preflight {
  readonly environment: LoadedEnvironment;
  /** Empty when it was not asked. */
  readonly findings: readonly Finding[];
  /** Why the cloud was not asked. */
  readonly note?: string;
}

/** Asks the clouds of sound environments. What talks to a cloud is loaded only for one that is there. */
export async function runPreflights(
  environments: readonly LoadedEnvironment[],
  io: CliIo,
): Promise<readonly Preflight[]> {
  const eks = environments.filter(({ config }) => !isOpenStack(config)).map(({ name }) => name);
  const work = Promise.all(environments.map((environment) => runPreflight(environment, io)));
  return eks.length === 0 ? work : withProgress(io, `asking AWS about ${eks.join(", ")}`, work);
}

async function runPreflight(environment: LoadedEnvironment, io: CliIo): Promise<Preflight> {
  const { config } = environment;
  if (isOpenStack(config)) {
    return { environment, findings: [], note: "not asked: asking OpenStack clouds comes with a later release" };
  }
  const { preflightAws } = await import("../../preflight/aws/preflight.js");
  return { environment, findings: await preflightAws(config, io.now()) };
}

/** A failure is to be corrected, in bootstrap.yaml or the account; a cloud that cannot be asked is nobody's mistake. */
export function exitCodeOf(preflights: readonly Preflight[]): ExitCode {
  const findings = preflights.flatMap((preflight) => preflight.findings);
  if (findings.some(({ state }) => state === "failure")) return exitCodes.mistake;
  return findings.some(({ unanswered }) => unanswered !== undefined) ? exitCodes.failure : exitCodes.ok;
}
