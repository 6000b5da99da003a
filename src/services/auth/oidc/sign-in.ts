import { z } from "zod";
import { signIn as signInBody } from "../../../api/sign-in.js";
import { signIn, type SignInOrigin, type SignInResult } from "../domain/sign-in.js";
import type { Services } from "../services.js";

const fields = signInBody.options[0];

/** Signs in with what was typed into the form, as POST /sign-in does. @throws BackendUnavailableError, StoreUnavailableError */
export async function signInByForm(
  form: unknown,
  origin: SignInOrigin,
  services: Services,
): Promise<SignInResult | { readonly outcome: "incomplete" }> {
  const typed = fields.safeParse(form);
  if (!typed.success) return { outcome: "incomplete" };
  const { username, password } = typed.data;
  return signIn({ type: "password", username, password }, origin, services);
}

const nameField = z.object({ username: z.string().max(255) });

/** The name that was typed, to be shown again. */
export function typedName(form: unknown): string | undefined {
  const typed = nameField.safeParse(form);
  return typed.success && typed.data.username !== "" ? typed.data.username : undefined;
}
