import type { Entry } from "ldapts";

/** The values of an attribute. Directories tell its name in their own case. */
function values(entry: Entry, attribute: string): readonly (string | Buffer)[] {
  const key = Object.keys(entry).find((name) => name.toLowerCase() === attribute.toLowerCase());
  const value = key === undefined ? [] : (entry[key] ?? []);
  return Array.isArray(value) ? value : [value];
}

export function textValues(entry: Entry, attribute: string): readonly string[] {
  return values(entry, attribute).filter((value) => typeof value === "string");
}

/** @returns undefined when there is none, or more than one: they have no order */
export function onlyValue(entry: Entry, attribute: string): string | undefined {
  const [value, ...others] = textValues(entry, attribute);
  return others.length === 0 && value !== "" ? value : undefined;
}

/** @returns undefined when there is none, or more than one */
export function binaryValue(entry: Entry, attribute: string): Buffer | undefined {
  const [value, ...others] = values(entry, attribute);
  return others.length === 0 && Buffer.isBuffer(value) && value.length > 0 ? value : undefined;
}
