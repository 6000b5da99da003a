import { FilterParser, type Filter } from "ldapts";

/** `\`, `*`, `(`, `)` and NUL mean something in a filter. Source: RFC 4515, section 3 */
export function escapeFilterValue(value: string): string {
  return value.replaceAll(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** The filter with values in the places of `{name}`s, where they mean nothing but themselves. */
export function fillFilter(template: string, values: Readonly<Record<string, string>>): Filter {
  return FilterParser.parseString(fill(template, (name) => escapeFilterValue(values[name] ?? "")));
}

/** The filter that takes every value in the place of a `{name}`. */
export function openFilter(template: string): Filter {
  return FilterParser.parseString(fill(template, () => "*"));
}

function fill(template: string, valueOf: (name: string) => string): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueOf(name));
}

/** Why a text is no filter, or undefined. */
export function filterMistake(template: string): string | undefined {
  try {
    fillFilter(template, {});
    openFilter(template);
    return undefined;
  } catch {
    return "must be a filter of LDAP, in parentheses";
  }
}
