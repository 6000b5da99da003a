import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { stringify } from "yaml";
import { formatDiagnostics } from "../../src/config/diagnostics.js";
import { parseText } from "../../src/config/load.js";
import { merge, smallestEks, smallestOpenStack } from "../support/bootstraps.js";

function report(text: string): string {
  const result = parseText(text, () => "");
  return result.ok ? "accepted" : formatDiagnostics("bootstrap.yaml", result.diagnostics);
}

describe("a file that is no bootstrap.yaml", () => {
  it.each([
    ["of more than 1 MiB", `# ${"x".repeat(1024 * 1024)}`, "is larger than 1 MiB"],
    ["of 10 MiB of brackets", "[".repeat(10 * 1024 * 1024), "is larger than 1 MiB"],
    ["of brackets by the ten thousand", "[".repeat(200_000), "thousands of values"],
    ["of brackets by the thousand", "[".repeat(5_000), "nested deeper than 32 levels"],
    ["of blocks by the thousand", "- ".repeat(5_000), "nested deeper than 32 levels"],
    [
      "of keys by the ten thousand",
      Array.from({ length: 80_000 }, (_, index) => `k${index}: 1`).join("\n"),
      "thousands of values",
    ],
    ["of aliases by the ten thousand", "*a ".repeat(100_000), "thousands of values"],
    ["of bytes", "\u0000\u0001\u0002\ufffd\u0000", "is a single value"],
    ["of Windows line ends and a mark", "\ufeffapiVersion: kaas/v1\r\ncluster:\r\n  name: demo\r\n", "provider.type"],
    ["of an old YAML", "%YAML 1.1\n---\napiVersion: kaas/v1\ncluster: !!set {a, b}\n", "cluster"],
    ["that is empty", "", "is empty"],
    ["that says null", "~", "is empty"],
    ["of keys that are mappings", "? {a: 1}\n: b\n? [c]\n: d\n", "stands where a field's name is expected"],
    ["of keys that are numbers", "1: a\n2.5: b\n", "is no known field here"],
  ])("is refused when it is one %s", (_title, text, problem) => {
    expect(report(text)).toContain(problem);
  });

  it("is refused within two seconds, whatever its aliases", () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `a${level}: &a${level} [${"*a".concat(String(level - 1))}, x]`,
    );
    const started = performance.now();
    expect(report(["a0: &a0 [x]", ...levels.slice(1)].join("\n"))).toContain("aliases of aliases");
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("an anchor", () => {
  it("repeats a value", () => {
    const document = stringify(smallestOpenStack);
    const flavors =
      "controlPlane:\n  flavor: &large {vcpus: 8, ramGiB: 32, diskGiB: 80}\nworkers:\n  - flavor: *large\n";
    expect(report(document + flavors)).toBe("accepted");
  });
});

describe("the CA of a cloud", () => {
  it("fails when its file holds a private key too", () => {
    const pem = "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n";
    const document = merge(smallestOpenStack, { provider: { caCertificate: { file: "ca.pem" } } });
    const result = parseText(JSON.stringify(document), () => pem);
    expect(result.ok).toBe(false);
  });
});

/** Values of the kinds that stand in real files, and those that break programs. */
const leaf = fc.oneof(
  fc.string(),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom("openstack", "eks", "10.0.0.0/8", "0.0.0.0/0", "demo", "https://a:b@c", "", "-1", "octavia"),
);
const key = fc.oneof(
  fc.string(),
  fc.constantFrom(
    ...["__proto__", "constructor", "toString", "hasOwnProperty", "type", "count", "ordinals", "flavor", "api", "dns"],
    ...["cluster", "provider", "network", "etcd", "controlPlane", "workers", "services", "terraform", "access", "auth"],
  ),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie("tree")), { maxLength: 6 }).map((entries) => {
      // Object.fromEntries defines `__proto__` as an own field, as JSON.parse and the YAML library do.
      return Object.fromEntries(entries);
    }),
  ),
}));

const sections = [
  "apiVersion",
  "cluster",
  "provider",
  "network",
  "etcd",
  "controlPlane",
  "workers",
  "services",
  "terraform",
];

/** Puts `value` at `path` of a copy; steps that lead nowhere are made. */
function replaced(document: unknown, path: readonly string[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const base = typeof document === "object" && document !== null ? document : {};
  return { ...base, [step]: replaced((base as Record<string, unknown>)[step], rest, value) };
}

function isReport(text: string): boolean {
  return text === "accepted" || /^bootstrap\.yaml: \d+ mistakes?\n/.test(text);
}

describe("any document", () => {
  it("is accepted or reported, never a crash", () => {
    fc.assert(
      fc.property(tree, (document) => isReport(report(JSON.stringify(document)))),
      { numRuns: 500 },
    );
  });

  it("is accepted or reported, when any field of a sound file is replaced", () => {
    const change = fc.tuple(
      fc.constantFrom(smallestOpenStack, smallestEks),
      fc.constantFrom(...sections),
      fc.array(key, { maxLength: 3 }),
      tree,
    );
    fc.assert(
      fc.property(change, ([base, section, path, value]) =>
        isReport(report(stringify(replaced(base, [section, ...path], value)))),
      ),
      { numRuns: 1000 },
    );
  });

  it("is accepted or reported, when the text is torn", () => {
    const text = stringify(smallestOpenStack);
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(text.length),
        fc.string({ unit: "binary", maxLength: 8 }),
        (from, to, insert) => isReport(report(text.slice(0, from) + insert + text.slice(to))),
      ),
      { numRuns: 500 },
    );
  });
});
