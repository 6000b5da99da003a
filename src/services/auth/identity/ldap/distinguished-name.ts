/** One attribute and value of a distinguished name: `cn=admins`. */
export interface NamePart {
  /** Lower case. */
  readonly attribute: string;
  readonly value: string;
}

const ESCAPED = /\\(?:((?:[0-9A-Fa-f]{2})(?:\\[0-9A-Fa-f]{2})*)|(.))/gs;
const PART = /^\s*([A-Za-z][\w-]*|\d+(?:\.\d+)*)\s*=\s*((?:\\.|[^\\,+"#;<>=]|=)(?:\\.|[^\\,+";<>])*)?$/s;

/**
 * The parts of a distinguished name, the entry's own first. Source: RFC 4514
 *
 * @returns undefined for what is none, and for names with `+` or `#`, which name no group
 */
export function parseDistinguishedName(name: string): readonly NamePart[] | undefined {
  const texts = splitAtCommas(name);
  const parts = texts.map(parsePart);
  // A backslash at the end stands before nothing.
  if (texts.join(",") !== name) return undefined;
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/** Whether an entry is below another. Like directories do, it takes upper and lower case for the same. */
export function isBelow(name: readonly NamePart[], base: readonly NamePart[]): boolean {
  if (name.length <= base.length) return false;
  return name.slice(-base.length).every((part, index) => isSame(part, base[index]));
}

function isSame(part: NamePart, other: NamePart | undefined): boolean {
  return part.attribute === other?.attribute && part.value.toLowerCase() === other.value.toLowerCase();
}

function splitAtCommas(name: string): readonly string[] {
  return name.match(/(?:\\.|[^\\,])+|(?<=,)(?=,|$)|^(?=,|$)/gs) ?? [];
}

function parsePart(text: string): NamePart | undefined {
  const [, attribute, value = ""] = PART.exec(text) ?? [];
  if (attribute === undefined) return undefined;
  return { attribute: attribute.toLowerCase(), value: unescaped(value) };
}

/** Blanks at the end count only when they are escaped. */
function unescaped(value: string): string {
  const kept = value.replace(/(\\.|[^\\\s])\s*$/s, "$1");
  return kept.replaceAll(ESCAPED, (_, bytes: string | undefined, character: string | undefined) =>
    bytes === undefined ? (character ?? "") : Buffer.from(bytes.replaceAll("\\", ""), "hex").toString(),
  );
}
