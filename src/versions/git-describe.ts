import { parseGitTag, type CustomBuild, type Mistake, type UpstreamTag } from "./custom-build.js";

/** The commit that a Kubernetes binary was built from, as its version tells. */
export interface DescribedCommit {
  /** The nearest tag before the commit: `v1.9.6`, `v1.36.0-rc.1`, `v1.9.6+rackspace.0`. */
  readonly tag: string;
  /** Upstream's tag that this one stands on, or is. */
  readonly upstream: UpstreamTag;
  /** The custom build that `tag` names; absent for a tag of upstream's. */
  readonly build?: CustomBuild;
  /** Number of commits since `tag`; 0 for the tag itself. */
  readonly commits: number;
  /** Abbreviated hash of the commit; absent where the tag alone was told. */
  readonly sha?: string;
  /** Whether the tree had changes that no commit holds. */
  readonly dirty: boolean;
}

export type ParsedDescribe =
  { readonly ok: true; readonly described: DescribedCommit } | ({ readonly ok: false } & Readonly<Mistake>);

const NUMBER = "(?:0|[1-9]\\d{0,8})";
const RELEASE = `v${NUMBER}\\.${NUMBER}\\.${NUMBER}`;
const PRE_RELEASE = `${RELEASE}-(?:alpha|beta|rc)\\.${NUMBER}`;
const COMMITS = `(?<commits>${NUMBER})`;
const SHA = "(?<sha>[0-9a-f]{4,40})";

/**
 * What `git describe --tags` prints, and what Kubernetes's hack/lib/version.sh (read at v1.36.3) makes of it so that it
 * is a semantic version: it counts the hyphens, and takes two for a tag without and three for a tag with one of its own.
 *
 *     tag                     git describe                      version
 *     v1.9.6                  v1.9.6-3-g91e660f6300120          v1.9.6-3+91e660f6300120
 *     v1.36.0-rc.1            v1.36.0-rc.1-3-g91e660f6300120    v1.36.0-rc.1.3+91e660f6300120
 *     v1.9.6+rackspace.0      v1.9.6+rackspace.0-3-g91e660…     v1.9.6+rackspace.0-3+91e660…, refused
 *     v1.9.6+rackspace.0-rc1  v1.9.6+rackspace.0-rc1-3-g91e660… v1.9.6+rackspace.0-rc1.3+91e660…, refused
 *
 * The script refuses to build the last two, having put a second + into the version: a custom build is built at its tag,
 * or with KUBE_GIT_VERSION set. git's own form of them is read, as scripts of forks leave it alone. `-dirty` ends any.
 */
const FORMS = [
  `^(?<tag>.+)-${COMMITS}-g${SHA}$`,
  `^(?<tag>${RELEASE})-${COMMITS}\\+${SHA}$`,
  `^(?<tag>${PRE_RELEASE})\\.${COMMITS}\\+${SHA}$`,
].map((form) => new RegExp(form));

const UPSTREAM_TAG = new RegExp(`^(${RELEASE}|${PRE_RELEASE})$`);
const DIRTY = "-dirty";

/** Reads the version that a Kubernetes binary reports (`kubectl get nodes`), or git's own words for a commit. */
export function parseGitDescribe(text: string): ParsedDescribe {
  const dirty = text.endsWith(DIRTY);
  const clean = dirty ? text.slice(0, -DIRTY.length) : text;
  const { tag = clean, commits = "0", sha } = FORMS.map((form) => form.exec(clean)?.groups).find(Boolean) ?? {};
  const commit = { commits: Number(commits), ...(sha === undefined ? {} : { sha }), dirty };
  if (isUpstreamTag(tag)) return { ok: true, described: { tag, upstream: tag, ...commit } };
  const parsed = parseGitTag(tag);
  if (!parsed.ok) return { ok: false, ...mistakeIn(tag, parsed) };
  const { build } = parsed;
  return { ok: true, described: { tag, upstream: build.upstream, build, ...commit } };
}

function isUpstreamTag(tag: string): tag is UpstreamTag {
  return UPSTREAM_TAG.test(tag);
}

interface Fault extends Omit<Mistake, "expected"> {
  readonly wrong: RegExp;
}

const faults: readonly Fault[] = [
  {
    wrong: /\+.*\+/,
    problem: "has two +, and so is no semantic version: Kubernetes does not build from commits after a custom tag",
    remedy: "tag the commit, or build with KUBE_GIT_VERSION set to the tag that it will get",
  },
  { wrong: /^\d/, problem: "lacks the v at its beginning", remedy: "write the v of the tag" },
  {
    wrong: /^v[\d.]+(-\w+\.\d+)?\+[0-9a-f]{7,40}$/,
    problem: "names a commit, but not how many there are since the tag",
    remedy: "write the version as the binary reports it",
  },
  {
    wrong: /^v\d+\.\d+\.\d+(-\d+|-\w+\.\d+\.\d+|\+[\w.-]+-\d+)(-g|\+)?$/,
    problem: "lacks the hash of the commit",
    remedy: "write the version as the binary reports it, to its end",
  },
  {
    wrong: /-(\w+\.\d+\.)?\d+(\+|-g)(?![0-9a-f]{4,40}$)\w+$/,
    problem: "has a hash that is not of 4 to 40 hexadecimal digits, in lower case",
    remedy: "write the version as the binary reports it",
  },
];

const LIKE_CUSTOM_TAG = /^v[\d.]+(-\w+\.\d+)?[_+]/;

/** @param ofTag what is wrong with the text as a custom build's tag: the answer where it seems to be meant as one */
function mistakeIn(tag: string, ofTag: Mistake): Mistake {
  const expected =
    "an upstream tag or a custom build's git tag, with -<commits>+<hash> or -<commits>-g<hash> behind it for later commits";
  const fault = faults.find(({ wrong }) => wrong.test(tag));
  if (fault !== undefined) return { problem: fault.problem, expected, remedy: fault.remedy };
  if (LIKE_CUSTOM_TAG.test(tag)) return ofTag;
  return { problem: "has another form", expected, remedy: "write it like v1.36.3-3+91e660f6300120" };
}
