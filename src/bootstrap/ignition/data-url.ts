import { gzipSync, strToU8 } from "fflate";
import type { Resource } from "./document.js";

/** Text as a URL that can still be read, where it is text of few special characters. */
export function textResource(text: string): Resource {
  return { source: `data:,${encodeURIComponent(text)}` };
}

/** Compressed text. The same bytes on every version of Node, whose own zlib does not promise that. */
export function compressedResource(text: string): Resource {
  const compressed = gzipSync(strToU8(text), { level: 6, mtime: 0 });
  return { source: `data:;base64,${Buffer.from(compressed).toString("base64")}`, compression: "gzip" };
}
