import type { Check } from "./cluster-output.js";
import { everyField, ofKind, titleOf, type KubeObject } from "./kube-object.js";

const SECRET_NAME = /PASSWORD|SECRET|TOKEN|CREDENTIAL|PRIVATE_KEY/;
/** Where to find it, or whether to. */
const NO_SECRET = /^(\/.*|true|false)$/;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** A line of a configuration that gives a secret away; `$` begins a reference. */
const SECRET_LINE = /^\s*"?(password|secret|token|api_key|client_secret|secret_key)"?\s*[:=]\s*"?[^\s"'$<{/]/im;

interface Variable {
  readonly name?: unknown;
  readonly value?: unknown;
}

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** Nothing that is written is secret. */
export const plainSecrets: Check = ({ objects }) => [
  ...ofKind(objects, "Secret").map((secret) => `${titleOf(secret)} is written, and not declared`),
  ...objects.flatMap((object) => {
    const values = [...everyField(object)].map(([, value]) => value);
    return [
      ...values
        .filter((value) => typeof value === "string" && PRIVATE_KEY.test(value))
        .map(() => `${titleOf(object)} holds a private key`),
      ...values.filter(isSecretVariable).map(({ name }) => `${titleOf(object)} gives ${String(name)} in plain text`),
    ];
  }),
  ...(ofKind(objects, "ConfigMap") as readonly ConfigMap[]).flatMap((map) =>
    Object.entries(map.data ?? {})
      .filter(([, text]) => SECRET_LINE.test(text))
      .map(([file]) => `${titleOf(map)} gives a secret away in ${file}`),
  ),
];

function isSecretVariable(value: unknown): value is Variable {
  if (typeof value !== "object" || value === null) return false;
  const { name, value: text } = value as Variable;
  return typeof name === "string" && SECRET_NAME.test(name) && typeof text === "string" && !NO_SECRET.test(text);
}
