import fc from "fast-check";
import { ADMIN_TOKEN } from "../../support/auth-service.js";
import type { Operation, Schema } from "./operations.js";

export interface Case {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
}

/** What there is in the service while a case is made: ids of things come and go. */
export interface World {
  readonly user: string;
  readonly token: string;
  readonly tokenValue: string;
  readonly cluster: string;
  readonly session: string;
}

/** What nobody has. */
const NO_ID = "00000000-0000-4000-8000-000000000000";
const BODY_LIMIT_BYTES = 64 * 1024;
export const NAMES = ["alice", "bob", "carol"] as const;
export const PASSWORD = "correct horse battery staple";

type Fields = Readonly<Record<string, unknown>>;
type Json = string | number | boolean | null | readonly unknown[] | Fields;

/** Requests of every kind: right ones, ones that are right but for one thing, and nonsense. @param world as it is then */
export function arbitraryCase(operations: readonly Operation[], world: () => World): fc.Arbitrary<Case> {
  const now = <T>(read: (now: World) => T) => fc.constant(undefined).map(() => read(world()));
  const inDays = (days: number) =>
    fc.constant(undefined).map(() => new Date(Date.now() + days * 86_400_000).toISOString());

  const trap: fc.Arbitrary<Json> = fc.oneof(
    now(({ user }) => user),
    now(({ tokenValue }) => tokenValue),
    fc.constantFrom<Json>(
      ...[NO_ID, "alice", "demo", "TokenReview", "api", "\ud800", "a\0b"],
      ...["2027-01-01T00:00:00Z", "9999-12-31T23:59:59+23:59", "0000-01-01T00:00:00Z", "system:masters", "' OR 1=1 --"],
      ...[-1, 1e308, Number.MAX_SAFE_INTEGER, true, false, null, [], {}, "", "x".repeat(5000)],
    ),
    fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  );

  /** Values that fit a field: of the names that mean something here, something that is there. */
  const meant: Readonly<Record<string, fc.Arbitrary<Json>>> = {
    token: now(({ tokenValue }) => tokenValue),
    user_id: now(({ user }) => user),
    username: fc.constantFrom(...NAMES),
    password: fc.constantFrom(...Array<string>(8).fill(PASSWORD), `${PASSWORD}?`, "wrong"),
    name: fc.constantFrom("demo", "two", "three"),
    expiry: inDays(30),
    after: fc.constantFrom("", "1763700000000.x"),
  };
  const fitting = (schema: Schema, name = ""): fc.Arbitrary<Json> => {
    const some = meant[name] ?? unnamed(schema);
    return schema.nullable === true ? fc.option(some) : some;
  };
  const unnamed = (schema: Schema): fc.Arbitrary<Json> => {
    if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as readonly Json[]));
    if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => fitting(each)));
    switch (schema.type) {
      case "object":
        return fieldsOf(schema.properties ?? {}, schema.required ?? []);
      case "array":
        return fc.array(fitting(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 3 });
      case "integer":
      case "number":
        return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 100) });
      case "boolean":
        return fc.boolean();
      case "string":
        if (schema.format === "uuid") return now(({ user }) => user);
        if (schema.format === "date-time") return inDays(30);
        if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
        return fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 40, 40) });
      default:
        return trap;
    }
  };
  const seldom = (some: fc.Arbitrary<Json>): fc.Arbitrary<Json | undefined> =>
    fc.oneof({ weight: 1, arbitrary: some }, { weight: 30, arbitrary: fc.constant(undefined) });
  const fieldsOf = (
    properties: Readonly<Record<string, Schema>>,
    required: readonly string[],
  ): fc.Arbitrary<Fields> => {
    const values = Object.entries(properties).map(([name, each]) => {
      const some = fitting(each, name);
      // To make a password's hash takes as long as hundreds of requests.
      return [name, name === "password" && !required.includes(name) ? seldom(some) : some] as const;
    });
    return fc
      .record(Object.fromEntries(values), { requiredKeys: [...required] })
      .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, each]) => each !== undefined)));
  };

  const idOf = (path: string) =>
    now(({ user, token, cluster }) =>
      path.startsWith("/users") ? user : path.startsWith("/tokens") ? token : cluster,
    );
  const queryOf = ({ query }: Operation) =>
    fieldsOf(query, []).map((given) => new URLSearchParams(given as Record<string, string>).toString());
  const asAdministrator = fc.constant<Case["headers"]>({ "x-auth-token": ADMIN_TOKEN });
  const asUser = now<Case["headers"]>(({ session }) => ({ "x-auth-token": session }));

  const right = (operation: Operation) =>
    fc
      .tuple(
        idOf(operation.path),
        queryOf(operation),
        operation.body === undefined ? fc.constant(undefined) : fitting(operation.body),
        fc.oneof({ weight: 3, arbitrary: asAdministrator }, { weight: 1, arbitrary: asUser }),
      )
      .map(([id, query, body, headers]) => ({
        method: operation.method,
        path: `${operation.path.replaceAll(/\{[^}]+\}/g, id)}${query === "" ? "" : `?${query}`}`,
        headers,
        body,
      }));

  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      trap,
      fc.dictionary(fc.constantFrom(...fieldNames(operations)), tie("value"), { maxKeys: 6 }),
      fc.array(tie("value"), { maxLength: 4 }),
    ),
  })) as { value: fc.Arbitrary<Json> };
  const nonsense = fc.oneof(
    { weight: 8, arbitrary: value.map((json) => JSON.stringify(json)) },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    { weight: 1, arbitrary: fc.constantFrom(...bombs) },
  );
  const headers = fc.oneof(
    asUser,
    fc.constantFrom<Case["headers"]>(
      { "x-auth-token": ADMIN_TOKEN },
      { "x-auth-token": ADMIN_TOKEN, "content-type": "application/x-www-form-urlencoded" },
      { "x-auth-token": ADMIN_TOKEN, "content-type": "no/such; ;type=" },
      { "x-auth-token": [ADMIN_TOKEN, ADMIN_TOKEN], "content-type": ["a/b", "c/d"] },
      { "x-auth-token": [ADMIN_TOKEN, "wrong"], accept: ["a/b", "c/d"], "x-forwarded-for": ["10.0.0.1", "x"] },
      { "x-auth-token": "wrong", "x-forwarded-for": "10.0.0.1", cookie: ["a=b", "c=d"] },
      { "x-auth-token": `kaas-session_${"A".repeat(43)}`, "content-encoding": "gzip", "accept-encoding": "br" },
      { authorization: ["Bearer a", "Basic b"], "x-request-id": ["1", "2"], "accept-encoding": ["br", "gzip"] },
      { "transfer-encoding": "chunked", range: "bytes=0-1", "if-none-match": "*" },
      { "x-auth-token": ADMIN_TOKEN, "transfer-encoding": "chunked" },
      { "x-http-method-override": "DELETE", "accept-version": "2", connection: "close" },
    ),
  );
  const method = fc.constantFrom("GET", "POST", "POST", "POST", "PATCH", "DELETE", "HEAD", "PUT", "OPTIONS");
  const paths = [...new Set(operations.map(({ path }) => path.replace(/\/\{.*/, "")))];
  const route = fc.constantFrom(...paths, "/healthz", "/readyz", "/openapi.json", "/nowhere");
  const path = fc.oneof(
    route,
    fc
      .tuple(
        route,
        fc.oneof(
          now(({ user }) => user),
          fc.constant(NO_ID),
          fc.webSegment(),
        ),
      )
      .map(([base, id]) => `${base}/${id}`),
    fc.tuple(route, fc.webQueryParameters()).map(([base, query]) => `${base}?${query}`),
    fc
      .tuple(route, fc.constantFrom("limit", "after", "user_id", "name", "username"), fc.webSegment(), fc.webSegment())
      .map(([base, name, ...given]) => `${base}?${given.map((each) => `${name}=${each}`).join("&")}`),
  );
  const anything: fc.Arbitrary<Case> = fc.record({ method, path, headers, body: nonsense });

  /** One thing of a right request is another. */
  const wrong = (request: fc.Arbitrary<RightCase>) =>
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.tuple(request, trap, fc.nat()).map(([one, other, place]) => ({
          ...one,
          body: JSON.stringify(replaced(one.body, other, place)),
        })),
      },
      { weight: 1, arbitrary: fc.tuple(request, headers).map(([one, other]) => ({ ...written(one), headers: other })) },
      { weight: 1, arbitrary: fc.tuple(request, path).map(([one, other]) => ({ ...written(one), path: other })) },
      { weight: 1, arbitrary: fc.tuple(request, method).map(([one, other]) => ({ ...written(one), method: other })) },
      { weight: 1, arbitrary: fc.tuple(request, nonsense).map(([one, other]) => ({ ...written(one), body: other })) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(request, fc.constantFrom(0, 1, 4096))
          .map(([one, over]) => ({ ...written(one), body: padded(one.body, BODY_LIMIT_BYTES + over) })),
      },
    );
  // A password that is tried takes as long as hundreds of other requests: such are fewer.
  const weighed = operations.map((operation) => ({
    weight: operation.name === "POST /sign-in" ? 1 : 20,
    arbitrary: right(operation),
  }));
  return fc.oneof(
    { weight: 2, arbitrary: anything },
    { weight: 1, arbitrary: fc.oneof(...weighed).map(written) },
    { weight: 3, arbitrary: wrong(fc.oneof(...weighed)) },
  );
}

type RightCase = Omit<Case, "body"> & { readonly body: Json | undefined };

function written({ body, ...request }: RightCase): Case {
  return { ...request, body: body === undefined ? "" : JSON.stringify(body) };
}

/** What a parser may fail at. */
const bombs = [
  "[".repeat(30_000),
  '{"a":'.repeat(10_000),
  `${'{"spec":'.repeat(3000)}{}${"}".repeat(3000)}`,
  `{"spec":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
  `{${'"a":1,'.repeat(9000)}"a":1}`,
  "x".repeat(66_000),
  '"\\ud800"',
  "1e999",
  "",
];

function fieldNames(operations: readonly Operation[]): readonly string[] {
  const namesOf = ({ properties = {}, anyOf = [], items }: Schema): readonly string[] => [
    ...Object.entries(properties).flatMap(([name, each]) => [name, ...namesOf(each)]),
    ...anyOf.flatMap(namesOf),
    ...(items === undefined ? [] : namesOf(items)),
  ];
  return [...new Set(operations.flatMap(({ body }) => (body === undefined ? [] : namesOf(body))))];
}

/** A field at any depth is something else, or one is there that should not be. */
function replaced(body: Json | undefined, other: Json, place: number): Json {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return other;
  const fields = body as Readonly<Record<string, Json>>;
  const names = [...Object.keys(fields), "unexpected"];
  const name = names[place % names.length] ?? "unexpected";
  const inner = fields[name];
  const deeper = Math.floor(place / names.length);
  return { ...fields, [name]: deeper % 2 === 1 ? replaced(inner, other, deeper >> 1) : other };
}

/** As many bytes, by white space: what it says stays. */
function padded(body: Json | undefined, bytes: number): string {
  const text = JSON.stringify(body ?? {});
  return text.padEnd(bytes - (Buffer.byteLength(text) - text.length));
}
