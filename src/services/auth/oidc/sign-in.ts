import { z } from "zod";
import { isReserved } from "../../../api/primitives.js";
import { signIn as signInBody } from "../../../api/sign-in.js";
import { knownUser } from "../domain/known-user.js";
import type { Services } from "../services.js";

/** Where an attempt to sign in comes from. */
export interface SignInOrigin {
  readonly requestId: string;
  /** Of whom the user wants to go on to. */
  readonly clientId: string;
  readonly address: string;
}

export type SignInResult =
  | { readonly outcome: "signed-in"; readonly userId: string }
  | { readonly outcome: "incomplete" | "refused" }
  | { readonly outcome: "locked"; readonly retryAfterSeconds: number };

const fields = signInBody.options[0];

/**
 * Signs in with what was typed into the form, guarded and counted as POST /sign-in is, by the same accounts.
 *
 * @throws BackendUnavailableError, StoreUnavailableError
 */
export async function signInByForm(
  form: unknown,
  { requestId, clientId, address }: SignInOrigin,
  services: Services,
): Promise<SignInResult> {
  const { backend, signInGuard, metrics, audit } = services;
  const typed = fields.safeParse(form);
  if (!typed.success) return { outcome: "incomplete" };
  const { username, password } = typed.data;
  const count = (result: "success" | "failure" | "error") => {
    metrics.signIns.inc({ backend: backend.name, result });
  };
  const told = { requestId, backend: backend.name, client: clientId };

  const signedIn = await signInGuard
    .attempt({ account: `password:${username}`, address }, async () => {
      const identity = await backend.signIn({ type: "password", username, password });
      return identity === undefined || isReserved(identity.username) ? undefined : identity;
    })
    .catch((error: unknown) => {
      count("error");
      throw error;
    });
  if (signedIn.outcome !== "signed-in") {
    count("failure");
    const event = signedIn.outcome === "locked" ? "sign-in.locked" : "sign-in.refused";
    audit({ event, by: "anonymous", ...told, address });
    return signedIn;
  }
  count("success");
  const user = await knownUser(services, signedIn.identity);
  audit({ event: "sign-in", by: `user:${user.id}`, ...told });
  return { outcome: "signed-in", userId: user.id };
}

const nameField = z.object({ username: z.string().max(255) });

/** The name that was typed, to be shown again. */
export function typedName(form: unknown): string | undefined {
  const typed = nameField.safeParse(form);
  return typed.success && typed.data.username !== "" ? typed.data.username : undefined;
}
