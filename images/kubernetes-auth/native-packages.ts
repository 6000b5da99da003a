import { join } from "node:path";

/** A package that is not bundled: it looks for its compiled part beside itself. */
export interface NativePackage {
  readonly name: string;
  /** What the program loads of it, from its folder. */
  readonly files: readonly string[];
  /** Others of these that it imports. */
  readonly imports?: readonly string[];
  /** Its compiled part, by what container engines call the processor. */
  readonly compiled?: Readonly<Record<Architecture, string>>;
}

export const ARCHITECTURES = ["amd64", "arm64"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

const prebuilt = (platform: string) => join("prebuilds", platform, "@photostructure+sqlite.glibc.node");

export const NATIVE_PACKAGES: readonly NativePackage[] = [
  {
    name: "@photostructure/sqlite",
    files: ["package.json", "dist/index.mjs"],
    imports: ["node-gyp-build"],
    compiled: { amd64: prebuilt("linux-x64"), arm64: prebuilt("linux-arm64") },
  },
  { name: "node-gyp-build", files: ["package.json", "index.js", "node-gyp-build.js"] },
];

/** What container engines call a processor of Node's. */
export const ARCHITECTURE_OF: Partial<Readonly<Record<NodeJS.Architecture, Architecture>>> = {
  x64: "amd64",
  arm64: "arm64",
};
