import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseGitDescribe } from "../../src/versions/git-describe.js";

const sha = "91e660f6300120";
const rackspace = { upstream: "v1.9.6", vendor: "rackspace", increment: 0 };

describe("a version that git describe makes", () => {
  it.each([
    ["v1.9.6", { tag: "v1.9.6", upstream: "v1.9.6", commits: 0, dirty: false }],
    [`v1.9.6-3+${sha}`, { tag: "v1.9.6", upstream: "v1.9.6", commits: 3, sha, dirty: false }],
    [`v1.9.6-3-g${sha}`, { tag: "v1.9.6", upstream: "v1.9.6", commits: 3, sha, dirty: false }],
    [`v1.9.6-0-g${sha}`, { tag: "v1.9.6", upstream: "v1.9.6", commits: 0, sha, dirty: false }],
    [`v1.9.6-3+${sha}-dirty`, { tag: "v1.9.6", upstream: "v1.9.6", commits: 3, sha, dirty: true }],
    ["v1.9.6-dirty", { tag: "v1.9.6", upstream: "v1.9.6", commits: 0, dirty: true }],
    ["v1.36.0-rc.1", { tag: "v1.36.0-rc.1", upstream: "v1.36.0-rc.1", commits: 0, dirty: false }],
    [`v1.36.0-rc.1.3+${sha}`, { tag: "v1.36.0-rc.1", upstream: "v1.36.0-rc.1", commits: 3, sha, dirty: false }],
    [`v1.36.0-rc.1-3-g${sha}`, { tag: "v1.36.0-rc.1", upstream: "v1.36.0-rc.1", commits: 3, sha, dirty: false }],
  ])("on an upstream tag is read: %s", (text, described) => {
    expect(parseGitDescribe(text)).toEqual({ ok: true, described });
  });

  it.each([
    ["v1.9.6+rackspace.0", { build: rackspace, commits: 0, dirty: false }],
    ["v1.9.6+rackspace.0-rc1", { build: { ...rackspace, candidate: 1 }, commits: 0, dirty: false }],
    ["v1.9.6+rackspace.0-dirty", { build: rackspace, commits: 0, dirty: true }],
    [`v1.9.6+rackspace.0-3-g${sha}`, { build: rackspace, commits: 3, sha, dirty: false }],
    [`v1.9.6+rackspace.0-rc1-3-g${sha}`, { build: { ...rackspace, candidate: 1 }, commits: 3, sha, dirty: false }],
    [`v1.9.6+rackspace.0-3-g${sha}-dirty`, { build: rackspace, commits: 3, sha, dirty: true }],
  ])("on a custom tag is read with the build: %s", (text, rest) => {
    const tag = rest.build === rackspace ? "v1.9.6+rackspace.0" : "v1.9.6+rackspace.0-rc1";
    expect(parseGitDescribe(text)).toEqual({ ok: true, described: { tag, upstream: "v1.9.6", ...rest } });
  });
});

/** What the version script of Kubernetes 1.36.3 makes of git's words: two hyphens, or three. */
function versionScript(described: string): string {
  const hyphens = described.split("-").length - 1;
  if (hyphens === 3) return described.replace(/-(\d+)-g([0-9a-f]{14})$/, ".$1+$2");
  return hyphens === 2 ? described.replace(/-g([0-9a-f]{14})$/, "+$1") : described;
}

const SEMANTIC_VERSION = /^v([0-9]+)\.([0-9]+)(\.[0-9]+)?(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

const release = fc.tuple(fc.nat(2), fc.nat(40), fc.nat(20)).map((numbers) => `v${numbers.join(".")}`);
const preRelease = fc.tuple(release, fc.constantFrom("alpha", "beta", "rc"), fc.nat(9));
const upstreamTag = fc.oneof(
  release,
  preRelease.map(([of, stage, number]) => `${of}-${stage}.${number}`),
);
const customTag = fc
  .tuple(release, fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), fc.nat(20), fc.constantFrom("", "-rc0", "-rc12"))
  .map(([of, vendor, increment, candidate]) => `${of}+${vendor}.${increment}${candidate}`);
const hash = fc.stringMatching(/^[0-9a-f]{14}$/);

describe("commits after a tag", () => {
  it("are read alike in git's words and in the version that Kubernetes's script makes of them", () => {
    fc.assert(
      fc.property(upstreamTag, fc.integer({ min: 1, max: 9999 }), hash, fc.boolean(), (tag, commits, of, dirty) => {
        const words = `${tag}-${commits}-g${of}`;
        const version = versionScript(words);
        expect(version).toMatch(SEMANTIC_VERSION);
        for (const text of [words, version]) {
          expect(parseGitDescribe(dirty ? `${text}-dirty` : text)).toEqual({
            ok: true,
            described: { tag, upstream: tag, commits, sha: of, dirty },
          });
        }
      }),
    );
  });

  it("are read after a custom tag in git's words, and refused in the version that Kubernetes refuses to build", () => {
    fc.assert(
      fc.property(customTag, fc.integer({ min: 1, max: 9999 }), hash, (tag, commits, of) => {
        const words = `${tag}-${commits}-g${of}`;
        expect(parseGitDescribe(words)).toMatchObject({ ok: true, described: { tag, commits, sha: of } });
        expect(versionScript(words)).not.toMatch(SEMANTIC_VERSION);
        expect(parseGitDescribe(versionScript(words))).toMatchObject({
          ok: false,
          problem: expect.stringContaining("two +"),
          remedy: expect.stringContaining("KUBE_GIT_VERSION"),
        });
      }),
    );
  });
});

/** A text exactly, or one that matches. */
function like(wanted: string | RegExp): unknown {
  return typeof wanted === "string" ? wanted : expect.stringMatching(wanted);
}

describe("a version of another form", () => {
  it.each([
    [`1.9.6-3+${sha}`, "lacks the v at its beginning"],
    ["v1.9.6-3", "lacks the hash of the commit"],
    ["v1.9.6-3-g", "lacks the hash of the commit"],
    ["v1.36.0-rc.1.3", "lacks the hash of the commit"],
    ["v1.9.6+rackspace.0-3", "lacks the hash of the commit"],
    [`v1.9.6+${sha}`, "names a commit, but not how many there are since the tag"],
    [`v1.9.6-3+${sha.toUpperCase()}`, /^has a hash that is not of 4 to 40/],
    [`v1.9.6-3-g${sha}xyz`, /^has a hash that is not of 4 to 40/],
    ["v1.9.6-3-gabc", /^has a hash that is not of 4 to 40/],
    [`v1.36.0-rc.1.3+${sha.toUpperCase()}`, /^has a hash that is not of 4 to 40/],
    [`v1.36.0-rc.1-3+${sha}`, "has another form"],
    [`v1.9.6-03+${sha}`, "has another form"],
    ["v1.36.3-eks-3025e55", "has another form"],
    ["v1.9", "has another form"],
    ["-dirty", "has another form"],
    ["", "has another form"],
  ])("fails to be read: %j", (text, problem) => {
    expect(parseGitDescribe(text)).toEqual({
      ok: false,
      problem: like(problem),
      expected: expect.stringContaining("-<commits>+<hash>"),
      remedy: expect.stringMatching(/^write /),
    });
  });

  it.each([`v1.9.6_rackspace.0-3-g${sha}`, `v1.9.6_rackspace+0-3-g${sha}-dirty`])(
    "fails for its tag, with the right one named: %s",
    (text) => {
      expect(parseGitDescribe(text)).toMatchObject({
        ok: false,
        problem: expect.stringMatching(/^has a _/),
        remedy: "did you mean v1.9.6+rackspace.0?",
      });
    },
  );

  it("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseGitDescribe(text).ok === "boolean"));
  });
});
