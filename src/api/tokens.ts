import { z } from "zod";
import { paging } from "./paging.js";
import { id, line, timestamp } from "./primitives.js";

const description = line(255).describe("What it is for.");
const clusters = z
  .array(line(63).min(1))
  .min(1)
  .max(100)
  .describe("Names of the clusters that take it. Without them every cluster does.");

/** A token as lists show it: its value is shown once, when it is made. */
export const token = z.object({
  id,
  user_id: id,
  description,
  expiry: timestamp,
  created: timestamp,
  last_used: timestamp.nullable().describe("To the minute."),
  clusters: clusters.nullable(),
  warning: z.string().optional().describe("That it expires soon."),
});
export type Token = Readonly<z.output<typeof token>>;

export const createdToken = token.extend({
  token: z.string().describe("The token. It is shown here and never again."),
});

export const newToken = z.strictObject({
  user_id: id.optional().describe("Whose it is; administrators name it, users are themselves."),
  description: description.default(""),
  expiry: timestamp.optional().describe("Default: in one year, or at the administrator's maximum."),
  clusters: clusters.optional(),
});

export const tokenChange = z.strictObject({ description });
export const tokensQuery = z.strictObject({ ...paging, user_id: id.optional() });
