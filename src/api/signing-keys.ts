import { z } from "zod";
import { timestamp } from "./primitives.js";

/** A key that the OpenID Connect issuer signs tokens with, or will, or did. */
export const signingKey = z.object({
  id: z.string().describe("`kid` of its tokens."),
  created: timestamp,
  signs_from: timestamp,
  signing: z.boolean().describe("Whether new tokens are signed with it."),
});
export type SigningKeyAnswer = z.output<typeof signingKey>;

/** The body may be left out. */
export const newSigningKey = z
  .strictObject({
    withdraw: z
      .boolean()
      .default(false)
      .describe("Whether what other keys have signed is refused at once: one leaked."),
  })
  .nullish();
