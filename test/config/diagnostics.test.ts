import { describe, expect, it } from "@jest/globals";
import { formatDiagnostics, formatPath, formatValue } from "../../src/config/diagnostics.js";
import { load, merge, mistakes, smallestOpenStack } from "../support/bootstraps.js";

describe("a path", () => {
  it("reads like the code that would reach it", () => {
    expect(formatPath(["workers", 1, "taints", 0, "key"])).toBe("workers[1].taints[0].key");
  });

  it("quotes a key that is no word", () => {
    expect(formatPath(["workers", 0, "labels", "example.com/a"])).toBe('workers[0].labels["example.com/a"]');
  });
});

describe("a value", () => {
  it.each([
    [undefined, "nothing"],
    ["text", '"text"'],
    [Infinity, "Infinity"],
    [NaN, "NaN"],
    [null, "null"],
    [[1, 2], "[1, 2]"],
    [[{ a: 1 }, 2], "a list of 2"],
    [{}, "an empty mapping"],
    [{ user: "a", password: "hunter2" }, "a mapping of user, password"],
    ["https://user:hunter2@example.com", '"https://…@example.com"'],
    ["-----BEGIN OPENSSH PRIVATE KEY-----\nabc", "a private key"],
    ["x".repeat(100), `"${"x".repeat(58)}…`],
  ])("%j is shown as %s", (value, shown) => {
    expect(formatValue(value)).toBe(shown);
  });
});

describe("a report", () => {
  it("shows no private key that was pasted where a public one belongs", () => {
    const sshKeys = "-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n-----END OPENSSH PRIVATE KEY-----";
    for (const keys of [sshKeys, [sshKeys]]) {
      const result = load(merge(smallestOpenStack, { access: { sshKeys: keys } }));
      expect(result.ok ? "accepted" : formatDiagnostics("x", result.diagnostics)).toMatch(
        /^x: 1 mistake\n(?!.*hunter2)/s,
      );
    }
  });

  it("shows every mistake of a file at once, in the file's order", () => {
    const document = merge(smallestOpenStack, {
      cluster: { name: "X" },
      network: { cni: "weave" },
      etcd: { count: 2 },
    });
    expect(mistakes(load(document))).toEqual(["cluster.name", "network.cni", "etcd.count"]);
  });

  it("names a mistake by file, place, value, expectation and remedy", () => {
    const diagnostic = {
      path: ["etcd", "count"],
      value: 2,
      expected: "an odd number",
      remedy: "make it 3",
      position: { line: 7, column: 3 },
    };
    expect(formatDiagnostics("bootstrap.yaml", [diagnostic])).toBe(
      "bootstrap.yaml: 1 mistake\n\n  7:3  etcd.count\n    found:    2\n    expected: an odd number\n    remedy:   make it 3\n",
    );
  });

  it("leaves rules out where their section is faulty itself, so that no mistake is reported twice", () => {
    const document = merge(smallestOpenStack, { workers: [{ count: -1 }], network: { nodeCidr: "10.0.0.0/26" } });
    expect(mistakes(load(document))).toEqual(["workers.0.count"]);
  });
});
