import { z } from "zod";
import { paging } from "./paging.js";
import { id, timestamp, username } from "./primitives.js";

export const user = z.object({
  id,
  username: z.string().describe("As the identity back-end last told it."),
  backend: z.string().describe("Identity back-end that knows the user."),
  created: timestamp,
});
export type User = Readonly<z.output<typeof user>>;

/** What only the local back-end can be told: others know it themselves. */
const local = {
  password: z.string().min(12).max(1024).optional().describe("Without it the user has tokens but cannot sign in."),
  groups: z.array(username).max(1000).optional().describe("Groups that RBAC binds to."),
};

export const newUser = z.strictObject({
  username: username.describe("As the identity back-end knows the user."),
  ...local,
});
export const userChange = z.strictObject({ ...local, disabled: z.boolean().optional() });
export type UserChange = z.output<typeof userChange>;
export const usersQuery = z.strictObject({ ...paging, username: username.optional() });
