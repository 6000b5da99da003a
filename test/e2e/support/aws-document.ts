/** JSON that tests change: a cdk.tf.json, a state. */
export type JsonDocument = Record<string, unknown>;

/** Stands for the first key of an object, or the first element of a list. */
const FIRST = "*";

// A path is like "resource/aws_vpc/*/cidr_block", where the asterisk is whatever comes first.

/** Puts a value at a path. */
export function putAt(document: JsonDocument, path: string, value: unknown): void {
  const { container, key } = placeOf(document, path);
  container[key] = value;
}

/** Takes away what is at a path; fails when nothing is there. */
export function removeAt(document: JsonDocument, path: string): void {
  const { container, key } = placeOf(document, path);
  if (!Reflect.has(container, key)) throw new Error(`nothing at ${path}`);
  Reflect.deleteProperty(container, key);
}

function placeOf(document: JsonDocument, path: string): { readonly container: JsonDocument; readonly key: string } {
  const keys = path.split("/");
  const last = keys.pop() ?? "";
  const container = keys.reduce<unknown>((at, key) => (at as JsonDocument)[keyOf(at, key, path)], document);
  return { container: container as JsonDocument, key: keyOf(container, last, path) };
}

function keyOf(at: unknown, key: string, path: string): string {
  if (at === null || typeof at !== "object") throw new Error(`nothing before ${key} in ${path}`);
  const [first] = Object.keys(at);
  if (key !== FIRST) return key;
  if (first === undefined) throw new Error(`nothing at * in ${path}`);
  return first;
}
