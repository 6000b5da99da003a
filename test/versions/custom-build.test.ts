import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  compareBuilds,
  dockerTag,
  gitTag,
  kubernetesVersion,
  nextCandidate,
  nextIncrement,
  parseDockerTag,
  parseGitTag,
  releaseOf,
  type CustomBuild,
  type UpstreamTag,
} from "../../src/versions/custom-build.js";

const upstream = fc
  .tuple(fc.nat(2), fc.nat(40), fc.nat(20))
  .map((numbers) => `v${numbers.join(".")}` satisfies UpstreamTag);
const vendor = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const candidate = fc.nat(12);
const release: fc.Arbitrary<CustomBuild> = fc.record({ upstream, vendor, increment: fc.nat(30) });
const build: fc.Arbitrary<CustomBuild> = fc.oneof(
  release,
  fc.tuple(release, candidate).map(([of, number]) => ({ ...of, candidate: number })),
);

/** Builds of few series, so that they meet. */
const crowded = build.map((one) => ({ ...one, upstream: "v1.9.6" as const, vendor: "rackspace" }));

const first: CustomBuild = { upstream: "v1.9.6", vendor: "rackspace", increment: 0 };
const candidateOfFirst: CustomBuild = { ...first, candidate: 1 };

describe("the tags of a custom build", () => {
  it.each([
    [first, "v1.9.6_rackspace.0", "v1.9.6+rackspace.0"],
    [candidateOfFirst, "v1.9.6_rackspace.0-rc1", "v1.9.6+rackspace.0-rc1"],
    [{ upstream: "v1.36.3", vendor: "acme2", increment: 12 } as const, "v1.36.3_acme2.12", "v1.36.3+acme2.12"],
  ])("are those of the documents: %j", (of, docker, git) => {
    expect(dockerTag(of)).toBe(docker);
    expect(gitTag(of)).toBe(git);
    expect(parseDockerTag(docker)).toEqual({ ok: true, build: of });
    expect(parseGitTag(git)).toEqual({ ok: true, build: of });
  });

  it("are read as they were written", () => {
    fc.assert(
      fc.property(build, (of) => {
        expect(parseDockerTag(dockerTag(of))).toEqual({ ok: true, build: of });
        expect(parseGitTag(gitTag(of))).toEqual({ ok: true, build: of });
      }),
    );
  });

  it("are each refused in the other's place, with the right one named", () => {
    fc.assert(
      fc.property(build, (of) => {
        expect(parseDockerTag(gitTag(of))).toMatchObject({ ok: false, remedy: `did you mean ${dockerTag(of)}?` });
        expect(parseGitTag(dockerTag(of))).toMatchObject({ ok: false, remedy: `did you mean ${gitTag(of)}?` });
      }),
    );
  });

  it("are what a registry and Kubernetes's version script accept", () => {
    fc.assert(
      fc.property(build, (of) => {
        expect(dockerTag(of)).toMatch(/^\w[\w.-]{0,127}$/);
        expect(gitTag(of)).toMatch(/^v([0-9]+)\.([0-9]+)(\.[0-9]+)?(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/);
      }),
    );
  });

  it("are the version that kubeadm takes, and the image tag that it makes of it", () => {
    fc.assert(
      fc.property(build, (of) => {
        expect(parseGitTag(kubernetesVersion(of))).toEqual({ ok: true, build: of });
        expect(kubernetesVersion(of).replaceAll(/[^-a-zA-Z0-9_.]/g, "_")).toBe(dockerTag(of));
      }),
    );
  });
});

/** A text exactly, or one that matches. */
function like(wanted: string | RegExp): unknown {
  return typeof wanted === "string" ? wanted : expect.stringMatching(wanted);
}

describe("a tag of another form", () => {
  it.each([
    ["v1.9.6+rackspace.0", "has a +, which no registry takes in a tag", "did you mean v1.9.6_rackspace.0?"],
    ["v1.9.6_rackspace+0", "has a +, which no registry takes in a tag", "did you mean v1.9.6_rackspace.0?"],
    ["v1.9.6+rackspace", "has a +, which no registry takes in a tag", "write it like v1.36.3_rackspace.0"],
    ["1.9.6_rackspace.0", "lacks the v at its beginning", "did you mean v1.9.6_rackspace.0?"],
    ["1.9.6", "lacks the v at its beginning", "write the v of upstream's tag"],
    ["V1.9.6_Rackspace.0-RC1", "has upper-case letters", "did you mean v1.9.6_rackspace.0-rc1?"],
    ["v1.9.6_rackspace", "lacks the increment", /the first is \.0/],
    ["v1.9.6_rackspace.", "lacks the increment", /the first is \.0/],
    ["v1.9.6_rackspace-rc1", "lacks the increment", /the first is \.0/],
    ["v1.09.6_rackspace.0", "has a number with a leading zero", "did you mean v1.9.6_rackspace.0?"],
    ["v1.9.6_rackspace.00", "has a number with a leading zero", "did you mean v1.9.6_rackspace.0?"],
    ["v1.9.6_rackspace.0-rc01", "has a number with a leading zero", "did you mean v1.9.6_rackspace.0-rc1?"],
    ["v1.9.6_rackspace.12345678901", "has a number of more than nine digits", /^write it like/],
    ["v1.36.0-rc.1", "stands on an upstream pre-release", /^build on top of an upstream release/],
    ["v1.36.0-rc.1_rackspace.0", "stands on an upstream pre-release", /^build on top of an upstream release/],
    ["v1.9_rackspace.0", "names an incomplete upstream release", /three numbers/],
    ["v1.9.6", "is an upstream release, not a build on top of one", "add the vendor and the increment"],
    ["v1.9.6_.0", "names no vendor that starts with a letter", /^write it like/],
    ["v1.9.6_3com.0", "names no vendor that starts with a letter", /^write it like/],
    ["v1.9.6_my-vendor.0", /other characters .* in the vendor$/, /^write it like/],
    ["v1.9.6_rackspace.0-beta1", "ends in something other than a candidate's -rc1", /^write it like/],
    ["v1.9.6_rackspace.0-rc", "ends in something other than a candidate's -rc1", /^write it like/],
    ["v1.9.6_rackspace.0-rc.1", "ends in something other than a candidate's -rc1", /did you mean .*-rc1\?/],
    [`v1.9.6_${"a".repeat(130)}.0`, /^is longer than the 128 characters/, "shorten the vendor's name"],
    ["quay.io/rackspace/hyperkube:v1.9.6_rackspace.0", /^is a whole name/, "did you mean v1.9.6_rackspace.0?"],
    ["quay.io/rackspace/hyperkube", /^is a whole name/, "leave out the repository"],
    [" v1.9.6_rackspace.0\n", "has white space in it", "did you mean v1.9.6_rackspace.0?"],
    ["v1.9.6-3+91e660f6300120", /^names changes after a tag/, /^tag the commit/],
    ["v1.9.6_rackspace.0-3-g91e660f6300120", /^names changes after a tag/, /^tag the commit/],
    ["v1.9.6_rackspace.0-dirty", /^names changes after a tag/, /^tag the commit/],
    ["latest", "has another form", "write it like v1.36.3_rackspace.0"],
    ["", "has another form", "write it like v1.36.3_rackspace.0"],
  ])("fails as an image's: %j", (text, problem, remedy) => {
    expect(parseDockerTag(text)).toEqual({
      ok: false,
      problem: like(problem),
      expected: "<upstream release>_<vendor>.<increment>, with -rc<number> behind it for a candidate",
      remedy: like(remedy),
    });
  });

  it.each([
    ["v1.9.6_rackspace.0", /^has a _, .* Prometheus does not start$/, "did you mean v1.9.6+rackspace.0?"],
    ["v1.9.6_rackspace+0", /^has a _, .* Prometheus does not start$/, "did you mean v1.9.6+rackspace.0?"],
    ["refs/tags/v1.9.6+rackspace.0", /^is a whole name/, "did you mean v1.9.6+rackspace.0?"],
    ["v1.9.6+rackspace", "lacks the increment", /the first is \.0/],
    ["v1.36.0-rc.1+rackspace.0", "stands on an upstream pre-release", /^build on top/],
  ])("fails as git's: %j", (text, problem, remedy) => {
    expect(parseGitTag(text)).toEqual({
      ok: false,
      problem: like(problem),
      expected: "<upstream release>+<vendor>.<increment>, with -rc<number> behind it for a candidate",
      remedy: like(remedy),
    });
  });

  it("fails unless it is exactly what the build that was read writes", () => {
    const likely = fc.array(fc.constantFrom("v1.9.6", "rackspace", "_", "+", ".", "-rc", "0", "1", "-", "g"));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          likely.map((parts) => parts.join("")),
        ),
        (text) => {
          const [docker, git] = [parseDockerTag(text), parseGitTag(text)];
          expect(!docker.ok || dockerTag(docker.build) === text).toBe(true);
          expect(!git.ok || gitTag(git.build) === text).toBe(true);
        },
      ),
    );
  });

  it("is never answered with a suggestion that is refused in its turn", () => {
    const nearly = fc
      .tuple(build, fc.nat(24), fc.constantFrom("", "0", "+", "_", ".", "-", "X", " ", "/", "rc"))
      .map(([of, at, wrong]) => dockerTag(of).slice(0, at) + wrong + dockerTag(of).slice(at + 1));
    fc.assert(
      fc.property(nearly, (text) => {
        for (const parse of [parseDockerTag, parseGitTag]) {
          const result = parse(text);
          const suggestion = result.ok ? undefined : /^did you mean (.*)\?$/.exec(result.remedy)?.[1];
          expect(suggestion === undefined || parse(suggestion).ok).toBe(true);
        }
      }),
    );
  });
});

describe("the release of a build", () => {
  it("is the build without its candidate, and a release's own", () => {
    expect(releaseOf(candidateOfFirst)).toEqual(first);
    expect(releaseOf(first)).toEqual(first);
  });
});

describe("the next increment", () => {
  it.each<[string, string[], number]>([
    ["is 0 on a release that nobody built on", [], 0],
    ["follows the highest release", ["v1.9.6+rackspace.0", "v1.9.6+rackspace.10", "v1.9.6+rackspace.9"], 11],
    ["leaves gaps", ["v1.9.6+rackspace.0", "v1.9.6+rackspace.2"], 3],
    ["counts image tags like git tags", ["v1.9.6+rackspace.0", "v1.9.6_rackspace.1"], 2],
    ["counts the first forks' git tags", ["v1.9.6_rackspace+0"], 1],
    ["is that of a candidate that was not released", ["v1.9.6+rackspace.0", "v1.9.6_rackspace.1-rc3"], 1],
    ["is not that of a candidate that was released", ["v1.9.6_rackspace.0-rc1", "v1.9.6_rackspace.0"], 1],
    ["disregards other series", ["v1.9.7+rackspace.4", "v1.9.6+acme.4", "v1.9.60+rackspace.4"], 0],
    ["disregards what is no custom build", ["v1.9.6", "latest", "v1.9.6-rc.1", "v1.9.6+rackspace", ""], 0],
  ])("%s", (_rule, tags, expected) => {
    expect(nextIncrement("v1.9.6", "rackspace", tags)).toBe(expected);
  });

  it("comes after every release of the series, in any order of tags", () => {
    fc.assert(
      fc.property(fc.array(crowded), (builds) => {
        const tags = builds.map((one, index) => (index % 2 === 0 ? gitTag(one) : dockerTag(one)));
        const next = { ...first, increment: nextIncrement("v1.9.6", "rackspace", tags) };
        const released = builds.filter((one) => one.candidate === undefined);
        expect(released.every((one) => compareBuilds(one, next) < 0)).toBe(true);
        expect(nextIncrement("v1.9.6", "rackspace", tags.toReversed())).toBe(next.increment);
        expect(nextIncrement("v1.9.6", "rackspace", [...tags, gitTag(next)])).toBe(next.increment + 1);
      }),
    );
  });
});

describe("the next candidate", () => {
  it.each<[string, string[], string]>([
    ["is rc1 of the first increment at first", [], "v1.9.6_rackspace.0-rc1"],
    ["follows the last", ["v1.9.6_rackspace.0-rc1", "v1.9.6_rackspace.0-rc10"], "v1.9.6_rackspace.0-rc11"],
    ["starts again after a release", ["v1.9.6_rackspace.0-rc2", "v1.9.6+rackspace.0"], "v1.9.6_rackspace.1-rc1"],
    ["disregards those of other increments", ["v1.9.6_rackspace.4-rc2"], "v1.9.6_rackspace.0-rc1"],
  ])("%s", (_rule, tags, expected) => {
    expect(dockerTag(nextCandidate("v1.9.6", "rackspace", tags))).toBe(expected);
  });

  it("never has a tag that exists", () => {
    fc.assert(
      fc.property(fc.array(crowded), (builds) => {
        const tags = builds.map(gitTag);
        expect(tags).not.toContain(gitTag(nextCandidate("v1.9.6", "rackspace", tags)));
      }),
    );
  });
});

describe("the order of builds", () => {
  it("is by upstream release, increment and candidate, numbers by value, candidates before their release", () => {
    const ordered = [
      "v1.9.6+rackspace.0-rc1",
      "v1.9.6+rackspace.0-rc2",
      "v1.9.6+rackspace.0-rc10",
      "v1.9.6+rackspace.0",
      "v1.9.6+rackspace.1-rc1",
      "v1.9.6+rackspace.2",
      "v1.9.6+rackspace.10",
      "v1.9.10+rackspace.0",
      "v1.10.0+acme.1",
      "v1.10.0+rackspace.0",
      "v2.0.0+rackspace.0",
    ];
    const builds = ordered.toReversed().map((tag) => {
      const result = parseGitTag(tag);
      if (!result.ok) throw new Error(result.problem);
      return result.build;
    });
    expect(builds.sort(compareBuilds).map(gitTag)).toEqual(ordered);
  });

  it("is total: equal builds alone are equal, and it reads the same from both sides", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(build, crowded).chain((some) => fc.tuple(some, some)),
        ([a, b]) => {
          expect(compareBuilds(a, b) === 0).toBe(gitTag(a) === gitTag(b));
          expect(Math.sign(compareBuilds(a, b)) + Math.sign(compareBuilds(b, a))).toBe(0);
        },
      ),
    );
  });

  it("is transitive", () => {
    fc.assert(
      fc.property(fc.tuple(crowded, crowded, crowded), (three) => {
        const [low, middle, high] = three.sort(compareBuilds);
        expect(compareBuilds(low, middle)).toBeLessThanOrEqual(0);
        expect(compareBuilds(low, high)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
