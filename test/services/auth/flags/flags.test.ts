import { describe, expect, test } from "@jest/globals";
import { UserError } from "../../../../src/lib/user-error.js";
import { HELP, parseFlags } from "../../../../src/services/auth/flags.js";

describe("flags", () => {
  test("have the defaults of the reference", () => {
    expect(parseFlags([])).toEqual({ help: false, version: false, logLevel: 4 });
  });

  test.each([
    [["-config-file", "a.yaml", "-log-level", "9", "-admin-token", "secret"]],
    [["--config-file", "a.yaml", "--log-level", "9", "--admin-token", "secret"]],
    [["-config-file=a.yaml", "-log-level=9", "-admin-token=secret"]],
  ])("are taken with one dash and with two: %j", (args) => {
    expect(parseFlags(args)).toMatchObject({ configFile: "a.yaml", logLevel: 9, adminToken: "secret" });
  });

  test.each(["-help", "--help", "-h"])("ask for help with %s", (flag) => {
    expect(parseFlags([flag]).help).toBe(true);
  });

  test("ask for the version", () => {
    expect(parseFlags(["-version"]).version).toBe(true);
  });

  test("leave values as they are", () => {
    expect(parseFlags(["--admin-token=-dashed"]).adminToken).toBe("-dashed");
    expect(parseFlags(["-admin-token=a=b"]).adminToken).toBe("a=b");
  });

  test.each(["0", "10", "-1", "1.5", "debug", ""])("refuse the log level %j", (level) => {
    expect(() => parseFlags([`-log-level=${level}`])).toThrow(UserError);
  });

  test.each([["-confg-file", "a"], ["-config-file"], ["serve"]])("refuse %j", (...args) => {
    expect(() => parseFlags(args)).toThrow(UserError);
  });

  test("every one of them that the help lists is taken", () => {
    const named = [...HELP.matchAll(/^ {2}-([a-z-]+)/gm)].map(([, name]) => name);
    const { help, version, logLevel, ...none } = parseFlags([]);
    expect({ help, version, logLevel, none }).toEqual({ help: false, version: false, logLevel: 4, none: {} });
    const alone = ["version", "help"];
    for (const name of named) {
      expect(() => parseFlags([alone.includes(name ?? "") ? `-${name}` : `-${name}=5`])).not.toThrow();
    }
    expect(named).toEqual(expect.arrayContaining(["config-file", "log-level", "admin-token", ...alone]));
  });

  test("do not print a secret that was given wrongly", () => {
    expect(() => parseFlags(["-admin-tokn=s3cr3t"])).toThrow(/^(?!.*s3cr3t)/);
  });
});
