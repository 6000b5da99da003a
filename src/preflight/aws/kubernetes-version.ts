import { DescribeClusterVersionsCommand } from "@aws-sdk/client-eks";
import type { EksClusterConfig } from "../../config/cluster-config.js";
import { minorOf } from "../../lib/minor-version.js";
import { eksReleases, findKubernetesRelease } from "../../versions/catalogue.js";
import type { Finding } from "../finding.js";
import { ask, mapAnswer, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { describeRefusal, unansweredFinding } from "./refusal.js";

/** What EKS says of a minor version of Kubernetes. */
export interface VersionSupport {
  /** False when EKS has no such version, or has it no longer or in extended support alone. */
  readonly standard: boolean;
  /** Last day of standard support. */
  readonly ends?: Date;
}

/** Notice that an upgrade is due comes this early. */
const NOTICE_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

export async function findVersionSupport(
  { eks }: AwsClients,
  { kubernetes }: EksClusterConfig,
): Promise<Answer<VersionSupport>> {
  const minor = minorOf(kubernetes);
  const answer = await ask("eks:DescribeClusterVersions", (abortSignal) =>
    eks.send(new DescribeClusterVersionsCommand({ clusterVersions: [minor], includeAll: true }), { abortSignal }),
  );
  return mapAnswer(answer, ({ clusterVersions = [] }) => {
    const version = clusterVersions.find(({ clusterVersion }) => clusterVersion === minor);
    const ends = version?.endOfStandardSupportDate;
    return { standard: version?.versionStatus === "STANDARD_SUPPORT", ...(ends !== undefined && { ends }) };
  });
}

/**
 * Whether clusters of the version can be made: they ask for standard support. Where AWS does not say, the catalogue does;
 * what it finds good stays unknown.
 */
export function judgeVersion(
  { kubernetes }: Pick<EksClusterConfig, "kubernetes">,
  support: Answer<VersionSupport>,
  now: Date,
): Finding {
  const minor = minorOf(kubernetes);
  const place = { check: "Kubernetes version", path: ["cluster", "kubernetes"], value: kubernetes };
  const { standard, ends } = support.ok ? support.value : catalogued(kubernetes, now);
  const source = support.ok ? "" : `, by kaasctl's catalogue: ${describeRefusal(support.refusal)}`;
  const until = ends === undefined ? "" : ` ${isoDate(ends)}`;
  if (!standard) {
    const message =
      ends === undefined
        ? `${minor} is no version in EKS's standard support${source}`
        : `${minor} left EKS's standard support on${until}${source}`;
    return {
      ...place,
      state: "failure",
      message,
      expected: "a version in standard support",
      remedy: otherVersions(now),
    };
  }
  const daysLeft = ends === undefined ? Infinity : Math.floor((ends.getTime() - now.getTime()) / DAY_MS);
  if (daysLeft < NOTICE_DAYS) {
    return {
      ...place,
      state: "warning",
      message: `${minor} leaves EKS's standard support on${until}, in ${daysLeft} days${source}`,
      expected: `a version with at least ${NOTICE_DAYS} days left`,
      remedy: otherVersions(now),
    };
  }
  const message = `${minor} is in EKS's standard support${until === "" ? "" : ` until${until}`}${source}`;
  if (support.ok) return { ...place, state: "ok", message };
  const { refusal, permission } = support;
  return { ...unansweredFinding(place.check, refusal, permission), ...place, message };
}

function catalogued(kubernetes: string, now: Date): VersionSupport {
  const ends = findKubernetesRelease(kubernetes)?.eksSupportEnds;
  if (ends === undefined) return { standard: false };
  const last = new Date(ends);
  // The day itself still counts.
  return { standard: last.getTime() + DAY_MS > now.getTime(), ends: last };
}

function otherVersions(now: Date): string {
  const later = eksReleases()
    .filter(({ version }) => catalogued(version, new Date(now.getTime() + NOTICE_DAYS * DAY_MS)).standard)
    .map(({ version, eksSupportEnds }) => `${version} (until ${eksSupportEnds ?? ""})`);
  if (later.length === 0) return "take a newer release of kaasctl, which knows later versions";
  return `take ${later.join(" or ")}; a cluster that is there goes up one minor version at a time`;
}

function isoDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}
