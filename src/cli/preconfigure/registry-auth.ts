import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { LoadedEnvironment } from "../../config/load-environments.js";
import type { LocatedDiagnostic, Path } from "../../config/diagnostics.js";
import { FaultyBootstrapError } from "../faulty-bootstrap.js";
import { REGISTRY_AUTH_LENGTH } from "../../config/secret-variables.js";
import type { CliIo } from "../io.js";

const AUTH = ["containerImages", "mirrorAuth"] as const;

/**
 * What nodes sign in with at the registry mirror: `<user>:<password>` in base64. Undefined where they need not.
 *
 * @throws FaultyBootstrapError when the password is not where bootstrap.yaml says
 */
export function registryAuthOf({ config, directory, file }: LoadedEnvironment, env: CliIo["env"]): string | undefined {
  const auth = config.containerImages.mirrorAuth;
  if (auth === undefined) return undefined;
  const refuse = (diagnostic: Omit<LocatedDiagnostic, "path">, ...path: Path): FaultyBootstrapError =>
    new FaultyBootstrapError(
      [{ file, diagnostics: [{ ...diagnostic, path: [...AUTH, ...path] }] }],
      "nothing was written",
    );
  if (auth.username.includes(":")) {
    throw refuse(
      { problem: "holds a colon", expected: "what ends at the colon", remedy: "choose a name without" },
      "username",
    );
  }
  const source = auth.password;
  const encode = (password: string, ...path: Path): string => {
    const encoded = Buffer.from(`${auth.username}:${password}`).toString("base64");
    if (encoded.length <= REGISTRY_AUTH_LENGTH) return encoded;
    throw refuse(
      {
        problem: `is too long for what a node can be told: ${encoded.length} characters with the user's name, in base64`,
        expected: `at most ${REGISTRY_AUTH_LENGTH}`,
        remedy: "give nodes a robot account with a password of usual length",
      },
      ...path,
    );
  };
  if ("env" in source) {
    const password = withoutLastNewline(env[source.env] ?? "");
    if (password !== "") return encode(password, "password", "env");
    throw refuse(
      {
        value: source.env,
        problem: "is not set in the environment, or empty",
        expected: "an environment variable that holds the password",
        remedy: `set it for this command: ${source.env}=… kaasctl preconfigure`,
      },
      "password",
      "env",
    );
  }
  const password = withoutLastNewline(readText(resolve(directory, source.file)) ?? "");
  if (password !== "") return encode(password, "password", "file");
  throw refuse(
    {
      value: source.file,
      problem: "cannot be read, or is empty",
      expected: "a file that holds the password",
      remedy: "give its path, relative to bootstrap.yaml",
    },
    "password",
    "file",
  );
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Editors and `echo` end a file with one. */
function withoutLastNewline(text: string): string {
  return text.replace(/\r?\n$/, "");
}
