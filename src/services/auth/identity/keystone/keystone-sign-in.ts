import { BackendUnavailableError } from "../identity-backend.js";
import { isRefusal, readAnswer, token, type KeystoneToken } from "./keystone-answers.js";
import type { KeystoneHttp } from "./keystone-http.js";

/** `auth` of the request. */
export interface KeystoneAuth {
  readonly identity: unknown;
  readonly scope?: unknown;
}

export interface KeystoneSignIn {
  readonly secret: string;
  readonly token: KeystoneToken;
}

/** 400 is what Keystone says of a name or an id that none can have, 404 of an application credential that there is not. */
const REFUSALS = [400, 401, 404];

/** @returns undefined when Keystone refuses the credentials: they are wrong, expired or locked, or the user is disabled */
export async function signInToKeystone(
  http: KeystoneHttp,
  auth: KeystoneAuth,
  signal: AbortSignal,
): Promise<KeystoneSignIn | undefined> {
  const { status, body, subjectToken } = await http.send({
    method: "POST",
    path: "/auth/tokens",
    body: { auth },
    signal,
  });
  if (REFUSALS.includes(status) && isRefusal(body, status)) return undefined;
  if (status !== 201 || subjectToken === undefined) {
    throw new BackendUnavailableError(`Keystone: POST /auth/tokens: status ${status}`);
  }
  return { secret: subjectToken, token: readAnswer(body, "token", token) };
}

export function passwordIdentity(username: string, domain: unknown, password: string) {
  return { methods: ["password"], password: { user: { name: username, domain, password } } };
}

export function applicationCredentialIdentity(id: string, secret: string) {
  return { methods: ["application_credential"], application_credential: { id, secret } };
}
