import { describe, expect, it } from "@jest/globals";
import { baseIgnition } from "../../src/bootstrap/base-ignition.js";

interface Document {
  readonly ignition: { readonly version: string };
  readonly passwd?: unknown;
  readonly storage: {
    readonly files: readonly {
      readonly path: string;
      readonly mode: number;
      readonly overwrite: boolean;
      readonly contents: { readonly source: string };
    }[];
  };
}

const parse = (text: string) => JSON.parse(text) as Document;
const keys = [`ssh-ed25519 ${"A".repeat(68)} one@example.com`, `ssh-rsa ${"B".repeat(372)}`];

describe("the base Ignition document", () => {
  const plain = parse(baseIgnition({ hostname: "demo-worker-0", sshKeys: [] }));

  it("is of version 3.3.0, and has sections of that version alone", () => {
    const document = parse(baseIgnition({ hostname: "demo-worker-0", sshKeys: keys }));
    expect(document.ignition).toEqual({ version: "3.3.0" });
    expect(Object.keys(document)).toEqual(["ignition", "passwd", "storage"]);
  });

  it("sets the host name, over that of the image, for all to read", () => {
    const [file] = plain.storage.files;
    expect(file).toMatchObject({ path: "/etc/hostname", mode: 0o644, overwrite: true });
    expect(decodeURIComponent(file?.contents.source.replace("data:,", "") ?? "")).toBe("demo-worker-0\n");
  });

  it("names each file once, which Ignition insists on", () => {
    const paths = plain.storage.files.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("writes content as a URL without blanks or line ends", () => {
    for (const { contents } of plain.storage.files) expect(contents.source).toMatch(/^data:,[\w%.~-]+$/);
  });

  it("lets every key in as core", () => {
    expect(parse(baseIgnition({ hostname: "demo-worker-0", sshKeys: keys })).passwd).toEqual({
      users: [{ name: "core", sshAuthorizedKeys: keys }],
    });
  });

  it("has no passwd section without keys", () => {
    expect(plain).not.toHaveProperty("passwd");
  });

  it("fits into Nova's user-data with a dozen of long keys", () => {
    const document = baseIgnition({
      hostname: "a".repeat(63),
      sshKeys: Array.from({ length: 12 }, () => `ssh-rsa ${"A".repeat(736)}`),
    });
    expect(Buffer.byteLength(document)).toBeLessThanOrEqual(49_149);
  });
});
