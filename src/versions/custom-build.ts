/** Upstream's tag of a release: `v1.9.6`. The catalogue and bootstrap.yaml write the same without the v. */
export type UpstreamTag = `v${string}`;

/** Kubernetes built with a vendor's own commits on top of an upstream release. */
export interface CustomBuild {
  readonly upstream: UpstreamTag;
  /** A lower-case letter, then lower-case letters and digits. */
  readonly vendor: string;
  /** Counts the vendor's releases on top of `upstream`, from 0. */
  readonly increment: number;
  /** Which candidate for the release it is, usually counted from 1; absent for the release itself. */
  readonly candidate?: number;
}

/** Why a text was refused, in the words of the configuration's report: spread it beside a path and the value. */
export interface Mistake {
  readonly problem: string;
  readonly expected: string;
  readonly remedy: string;
}

export type ParsedBuild =
  { readonly ok: true; readonly build: CustomBuild } | ({ readonly ok: false } & Readonly<Mistake>);

/** Image tags and git tags of one build differ in a character: registries refuse a +, Kubernetes's version script a _. */
type Form = "docker" | "git";
const SEPARATOR: Readonly<Record<Form, string>> = { docker: "_", git: "+" };

/** The tag of the build's container images: `v1.9.6_rackspace.0`, `v1.9.6_rackspace.0-rc1`. */
export function dockerTag(build: CustomBuild): string {
  return write(build, "docker");
}

/** The build's tag in the fork's git repository: `v1.9.6+rackspace.0`, `v1.9.6+rackspace.0-rc1`. */
export function gitTag(build: CustomBuild): string {
  return write(build, "git");
}

/**
 * What `kubernetesVersion` of kubeadm's ClusterConfiguration takes. kubeadm parses it as a semantic version, and so
 * refuses the Docker form; for the images that it pulls it turns the + to a _ by itself, which gives {@link dockerTag}.
 */
export function kubernetesVersion(build: CustomBuild): string {
  return gitTag(build);
}

function write({ upstream, vendor, increment, candidate }: CustomBuild, form: Form): string {
  const release = `${upstream}${SEPARATOR[form]}${vendor}.${increment}`;
  return candidate === undefined ? release : `${release}-rc${candidate}`;
}

/** Reads a container image's tag: `v1.9.6_rackspace.0`. */
export function parseDockerTag(text: string): ParsedBuild {
  return parse(text, "docker");
}

/**
 * Reads a git tag or a version that kubeadm takes: `v1.9.6+rackspace.0`. `v1.9.6_rackspace+0`, as forks were tagged at
 * first, is refused: Kubernetes does not build from it, and no image can have that tag.
 */
export function parseGitTag(text: string): ParsedBuild {
  return parse(text, "git");
}

function parse(text: string, form: Form): ParsedBuild {
  const build = read(text, form);
  return build === undefined ? { ok: false, ...mistakeIn(text, form) } : { ok: true, build };
}

/** A registry's limit for a tag; a git tag has an image tag of the same length. */
const LONGEST_TAG = 128;
/** Nine digits: every number stays exact. */
const NUMBER = "(?:0|[1-9]\\d{0,8})";
const NAME = `v(?<upstream>${NUMBER}\\.${NUMBER}\\.${NUMBER})[_+](?<vendor>[a-z][a-z0-9]*)`;
const TAG = new RegExp(`^${NAME}\\.(?<increment>${NUMBER})(?:-rc(?<candidate>${NUMBER}))?$`);

function read(text: string, form: Form): CustomBuild | undefined {
  const { upstream, vendor, increment, candidate } = TAG.exec(text)?.groups ?? {};
  if (upstream === undefined || vendor === undefined || increment === undefined) return undefined;
  const release = { upstream: `v${upstream}`, vendor, increment: Number(increment) } as const;
  const build = candidate === undefined ? release : { ...release, candidate: Number(candidate) };
  return text.length <= LONGEST_TAG && write(build, form) === text ? build : undefined;
}

/** What the writer of `text` most likely meant. */
function corrected(text: string, form: Form): string {
  return text
    .trim()
    .replace(/^.*[/:]/, "")
    .toLowerCase()
    .replace(/^(?=\d)/, "v")
    .replace(/-rc[.-](?=\d)/, "-rc")
    .replace(/(^v|[._+]|-rc)0+(?=\d)/g, "$1")
    .replace(/^(v[\d.]+)[_+]([a-z][a-z0-9]*)[._+](?=\d)/, `$1${SEPARATOR[form]}$2.`);
}

interface Fault {
  readonly wrong: RegExp;
  readonly problem: string;
  /** Used when no corrected text can be suggested. */
  readonly remedy?: string;
}

/** The first that fits is named, so each may rely on those before it. */
const faults: Readonly<Record<Form, readonly Fault[]>> = {
  docker: faultsOf({ wrong: /\+/, problem: "has a +, which no registry takes in a tag" }),
  git: faultsOf({ wrong: /_/, problem: "has a _, with which Kubernetes does not build and Prometheus does not start" }),
};

function faultsOf(separator: Fault): Fault[] {
  return [
    { wrong: /[/:]/, problem: "is a whole name, not its tag alone", remedy: "leave out the repository" },
    { wrong: /\s/, problem: "has white space in it" },
    {
      wrong: /-\d+-g[0-9a-f]{4,}|[-.]\d+\+[0-9a-f]{14}(-dirty)?$|-dirty$/,
      problem: "names changes after a tag, as git describe does",
      remedy: "tag the commit that was built, and write that tag",
    },
    {
      wrong: /^v?\d+\.\d+\.\d+-(alpha|beta|rc)/,
      problem: "stands on an upstream pre-release",
      remedy: "build on top of an upstream release, which a fork can follow with fixes",
    },
    { wrong: /^\d/, problem: "lacks the v at its beginning", remedy: "write the v of upstream's tag" },
    { wrong: /[A-Z]/, problem: "has upper-case letters" },
    { wrong: /(^v|[._+]|-rc)0\d/, problem: "has a number with a leading zero" },
    { wrong: /(^v|[._+]|-rc)\d{10}/, problem: "has a number of more than nine digits" },
    {
      wrong: /^v\d+(\.\d+)?(?![.\d])/,
      problem: "names an incomplete upstream release",
      remedy: "write all three numbers of the upstream release, like v1.36.3",
    },
    {
      wrong: /^v\d+\.\d+\.\d+$/,
      problem: "is an upstream release, not a build on top of one",
      remedy: "add the vendor and the increment",
    },
    separator,
    {
      wrong: new RegExp(`^${NAME}\\.?(-rc\\d*)?$`),
      problem: "lacks the increment",
      remedy: "write the build's number in its series behind the vendor; the first is .0",
    },
    { wrong: /^v[\d.]+[_+](?![a-z])/, problem: "names no vendor that starts with a letter" },
    {
      wrong: new RegExp(`^${NAME}[^.a-z\\d]`),
      problem: "has other characters than lower-case letters and digits in the vendor",
    },
    { wrong: new RegExp(`^${NAME}\\.\\d+\\D`), problem: "ends in something other than a candidate's -rc1" },
    {
      wrong: new RegExp(`^.{${LONGEST_TAG + 1}}`),
      problem: `is longer than the ${LONGEST_TAG} characters of an image tag`,
      remedy: "shorten the vendor's name",
    },
  ];
}

function mistakeIn(text: string, form: Form): Mistake {
  const { problem, remedy } = faults[form].find(({ wrong }) => wrong.test(text)) ?? { problem: "has another form" };
  const suggestion = corrected(text, form);
  const example = `v1.36.3${SEPARATOR[form]}rackspace.0`;
  return {
    problem,
    expected: `<upstream release>${SEPARATOR[form]}<vendor>.<increment>, with -rc<number> behind it for a candidate`,
    remedy:
      read(suggestion, form) === undefined ? (remedy ?? `write it like ${example}`) : `did you mean ${suggestion}?`,
  };
}

/** The release that the build is a candidate for; a release is its own. */
export function releaseOf({ candidate: _candidate, ...release }: CustomBuild): CustomBuild {
  return release;
}

/**
 * The increment of the next release in the series: one more than the highest released. Gaps stay, for a number that was
 * withdrawn is still known to clusters. A candidate uses up no number: it is the next release that it is tried for.
 *
 * @param existingTags git tags, image tags or both; those of other series and of no custom build do not count
 */
export function nextIncrement(upstream: UpstreamTag, vendor: string, existingTags: readonly string[]): number {
  const released = series(upstream, vendor, existingTags).filter(({ candidate }) => candidate === undefined);
  return 1 + Math.max(-1, ...released.map(({ increment }) => increment));
}

/** The next candidate for the release that {@link nextIncrement} numbers; the first is rc1. */
export function nextCandidate(upstream: UpstreamTag, vendor: string, existingTags: readonly string[]): CustomBuild {
  const increment = nextIncrement(upstream, vendor, existingTags);
  const tried = series(upstream, vendor, existingTags).filter((build) => build.increment === increment);
  return { upstream, vendor, increment, candidate: 1 + Math.max(0, ...tried.map(({ candidate = 0 }) => candidate)) };
}

/** Tags are read forgivingly here: `v1.9.6_rackspace+0` names a release, whatever is wrong with its form. */
function series(upstream: UpstreamTag, vendor: string, tags: readonly string[]): CustomBuild[] {
  return tags
    .map((tag) => read(corrected(tag, "git"), "git"))
    .filter((build) => build !== undefined)
    .filter((build) => build.upstream === upstream && build.vendor === vendor);
}

/**
 * Orders by upstream release, vendor, increment and candidate; candidates come before their release. Builds of two
 * vendors are apart, neither newer than the other. Semantic versioning sees no order here: it ignores what follows a +.
 */
export function compareBuilds(a: CustomBuild, b: CustomBuild): number {
  return (
    compareNumbers(upstreamNumbers(a), upstreamNumbers(b)) ||
    Number(a.vendor > b.vendor) - Number(a.vendor < b.vendor) ||
    compareNumbers([a.increment, a.candidate ?? AFTER_CANDIDATES], [b.increment, b.candidate ?? AFTER_CANDIDATES])
  );
}

const AFTER_CANDIDATES = Number.MAX_SAFE_INTEGER;

function upstreamNumbers({ upstream }: CustomBuild): number[] {
  return upstream.slice(1).split(".").map(Number);
}

function compareNumbers(one: readonly number[], other: readonly number[]): number {
  return one.map((number, index) => number - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
