import { spawnSync } from "node:child_process";
import { UserError } from "../../src/lib/user-error.js";
import type { Architecture } from "./native-packages.js";

/** Container engines, in the order in which they are looked for: the first needs neither a daemon nor a runtime. */
export const ENGINES = ["buildah", "podman", "docker"] as const;
export type Engine = (typeof ENGINES)[number];

const NODE = "/nodejs/bin/node";

/** The first engine that answers: docker's client is often there without its daemon. */
export function findEngine(): Engine | undefined {
  return ENGINES.find((engine) => spawnSync(engine, ["info"], { stdio: "ignore" }).status === 0);
}

/** Of Node in an image, without its `v`. @throws UserError when there is no such image, or no Node in it */
export function nodeVersionOf(engine: Engine, image: string): string {
  const text =
    engine === "buildah"
      ? askWithBuildah(image)
      : run(engine, ["run", "--rm", "--network", "none", "--entrypoint", NODE, image, "--version"]);
  const version = /^v(\d+\.\d+\.\d+)$/m.exec(text)?.[1];
  if (version === undefined) throw new UserError(`${NODE} of ${image} tells no version`, "name a base with Node there");
  return version;
}

function askWithBuildah(image: string): string {
  const container = run("buildah", ["from", image]).trim();
  try {
    return run("buildah", ["run", "--isolation", "chroot", container, "--", NODE, "--version"]);
  } finally {
    run("buildah", ["rm", container]);
  }
}

export interface ImageProps {
  readonly context: string;
  /** This machine's: Node of the base was run on it. */
  readonly architecture: Architecture;
  readonly base: string;
  /** With its tag. */
  readonly name: string;
  readonly version: string;
  readonly revision: string;
  /** Where the sources are. @default - the image does not tell */
  readonly source?: string;
  /** What the image and its files say of their own age. */
  readonly made: Date;
}

/** @throws UserError when the engine fails */
export function buildImage(
  engine: Engine,
  { context, architecture, base, name, version, revision, source, made }: ImageProps,
): void {
  const seconds = `${made.getTime() / 1000}`;
  const values = {
    BASE: base,
    // buildah 1.28 does not tell it.
    TARGETARCH: architecture,
    VERSION: version,
    REVISION: revision,
    ...(source !== undefined && { SOURCE: source }),
  };
  const parts = ["--file", `${context}/Containerfile`, "--tag", name];
  for (const [key, value] of Object.entries(values)) parts.push("--build-arg", `${key}=${value}`);
  // BuildKit takes the time from this argument, the others by a flag.
  if (engine === "docker") parts.push("--build-arg", `SOURCE_DATE_EPOCH=${seconds}`);
  else parts.push("--timestamp", seconds);
  run(engine, ["build", ...parts, context]);
}

/** @returns standard output; what the engine tells beside it goes on to the user */
function run(engine: Engine, args: readonly string[]): string {
  const { status, stdout, error } = spawnSync(engine, args, {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status === 0) return stdout;
  const reason = error === undefined ? `ended with ${status}` : error.message;
  throw new UserError(`${engine} ${args[0] ?? ""}: ${reason}`, "what it said stands above");
}
