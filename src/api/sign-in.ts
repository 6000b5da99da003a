import { z } from "zod";
import { line, timestamp } from "./primitives.js";
import { user } from "./users.js";

const secret = z.string().min(1).max(1024);

/** A user's name and password, or an application credential of Keystone. */
export const signIn = z.union([
  z.strictObject({ username: line(255).min(1), password: secret }),
  z.strictObject({ application_credential: z.strictObject({ id: line(64).min(1), secret }) }),
]);

export const signedIn = z.object({
  session: z.string().describe("Send it as x-auth-token. It is shown here and never again."),
  expires: timestamp,
  user,
});
