import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";

/** Contents by URL. Source of these shapes: coreos.github.io/ignition/configuration-v3_3 */
export interface IgnitionResource {
  readonly source?: string;
  readonly compression?: string;
  readonly verification?: { readonly hash?: string };
}

interface Owner {
  readonly id?: number;
  readonly name?: string;
}

interface Node {
  readonly path: string;
  readonly overwrite?: boolean;
  readonly user?: Owner;
  readonly group?: Owner;
}

export interface IgnitionFile extends Node {
  readonly mode?: number;
  readonly contents?: IgnitionResource;
  readonly append?: readonly IgnitionResource[];
}

export interface IgnitionDirectory extends Node {
  readonly mode?: number;
}

export interface IgnitionLink extends Node {
  readonly target: string;
  readonly hard?: boolean;
}

export interface IgnitionUnit {
  readonly name: string;
  readonly contents?: string;
  readonly enabled?: boolean;
  readonly mask?: boolean;
  readonly dropins?: readonly { readonly name: string; readonly contents?: string }[];
}

/** What a node is told, as far as tests look at it. */
export interface IgnitionDocument {
  readonly ignition: {
    readonly version: string;
    readonly config?: { readonly merge?: readonly IgnitionResource[] };
  };
  readonly passwd?: Readonly<Record<string, unknown>>;
  readonly storage?: {
    readonly files?: readonly IgnitionFile[];
    readonly directories?: readonly IgnitionDirectory[];
    readonly links?: readonly IgnitionLink[];
    readonly disks?: readonly unknown[];
    readonly filesystems?: readonly unknown[];
  };
  readonly systemd?: { readonly units?: readonly IgnitionUnit[] };
}

/**
 * The documents in a node's user-data, the outer one first. As on the node, a later one counts more than those before.
 *
 * @param userData JSON, or the base64 in which Nova keeps it
 */
export function decodeUserData(userData: string): readonly IgnitionDocument[] {
  const json = userData.trimStart().startsWith("{") ? userData : Buffer.from(userData, "base64").toString();
  const document = JSON.parse(json) as IgnitionDocument;
  const parts = (document.ignition.config?.merge ?? []).map((part) => {
    const contents = resourceContents(part);
    if (contents === undefined) throw new Error(`the user-data merges a remote document: ${part.source ?? "nothing"}`);
    return contents;
  });
  return [document, ...parts.flatMap((part) => decodeUserData(part.toString()))];
}

/** The bytes of a data URL, inflated and verified; undefined for what only a download could give. */
export function resourceContents(resource: IgnitionResource): Buffer | undefined {
  const { source = "", compression = "", verification } = resource;
  if (source !== "" && !source.startsWith("data:")) return undefined;
  const raw = dataUrlBytes(source);
  // Ignition verifies what it has fetched before it inflates that.
  verify(raw, verification?.hash);
  switch (compression) {
    case "":
      return raw;
    case "gzip":
      return gunzipSync(raw);
    default:
      throw new Error(`Ignition knows no compression "${compression}"`);
  }
}

function dataUrlBytes(url: string): Buffer {
  if (url === "") return Buffer.alloc(0);
  const comma = url.indexOf(",");
  if (comma < 0) throw new Error(`a data URL without a comma: ${url.slice(0, 60)}`);
  const payload = decodeURIComponent(url.slice(comma + 1));
  return Buffer.from(payload, url.slice(0, comma).endsWith(";base64") ? "base64" : "utf8");
}

function verify(bytes: Buffer, expected: string | undefined): void {
  if (expected === undefined) return;
  const [algorithm = "", digest] = expected.split("-");
  const actual = createHash(algorithm).update(bytes).digest("hex");
  if (actual !== digest) throw new Error(`contents have ${algorithm} ${actual}, and ${expected} is wanted`);
}
