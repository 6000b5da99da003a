import { posix, win32 } from "node:path";
import type { Diagnostic } from "../diagnostics.js";
import type { CommonRule } from "./rule.js";

function isRelative(path: string): boolean {
  return !posix.isAbsolute(path) && !win32.isAbsolute(path) && !path.startsWith("~");
}

/** The folder goes into the synthesized JSON, which is reviewed and run on other machines too. */
export const stateDirectoryIsRelative: CommonRule = ({ terraform }) => {
  const state = terraform?.state;
  if (state?.backend !== "local" || isRelative(state.directory)) return [];
  const diagnostic: Diagnostic = {
    path: ["terraform", "state", "directory"],
    value: state.directory,
    problem: "is a path of one machine",
    expected: "a path relative to bootstrap.yaml",
    remedy: "write it like ../../state, or remove it: by default state stands beside bootstrap.yaml",
  };
  return [diagnostic];
};
