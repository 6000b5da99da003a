import { resourceContents, type IgnitionDocument, type IgnitionResource } from "../../e2e/support/ignition.js";

/** An Ignition document as a person reads it: each entry, and below it what the node finds there. */
export function readableDocument({ passwd, storage = {}, systemd }: IgnitionDocument): string {
  const users = (passwd?.["users"] ?? []) as readonly { name: string; sshAuthorizedKeys: readonly string[] }[];
  return [
    ...users.map(({ name, sshAuthorizedKeys }) => entry(`user ${name}`, sshAuthorizedKeys.join("\n"))),
    ...(storage.directories ?? []).map(({ path, mode }) => entry(`directory ${path} ${octal(mode)}`)),
    ...(storage.files ?? []).map(({ path, mode, contents }) =>
      entry(`file ${path} ${octal(mode)}`, contents === undefined ? "" : contentsOf(contents)),
    ),
    ...(storage.links ?? []).map(({ path, target }) => entry(`link ${path} -> ${target}`)),
    ...(systemd?.units ?? []).flatMap(({ name, enabled, mask, contents, dropins = [] }) => [
      entry(`unit ${name}${enabled === true ? " enabled" : ""}${mask === true ? " masked" : ""}`, contents),
      ...dropins.map((dropin) => entry(`drop-in ${name}.d/${dropin.name}`, dropin.contents)),
    ]),
  ].join("\n");
}

function contentsOf(resource: IgnitionResource): string {
  return resourceContents(resource)?.toString() ?? `fetched: ${JSON.stringify(resource)}`;
}

function octal(mode = 0): string {
  return mode.toString(8).padStart(4, "0");
}

function entry(title: string, text = ""): string {
  const lines = text.replace(/\n$/, "").split("\n");
  return `== ${title}\n${text === "" ? "" : lines.map((line) => `   ${line}`.trimEnd() + "\n").join("")}`;
}
