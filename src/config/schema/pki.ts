import { z } from "zod";
import { text, wholeNumber } from "./primitives.js";

/** Bech32 of an X25519 key. Source: age-encryption.org/v1 */
const ageRecipient = text((value) => /^age1[ac-hj-np-z02-9]{58}$/.test(value), {
  expected: "an age recipient, age1 and 58 characters",
  remedy: "paste the public key that age-keygen printed",
  conceal: true,
});

const DAYS = "days";

export const pkiSchema = z
  .strictObject({
    caValidityDays: wholeNumber(30, 36500, DAYS)
      .default(3650)
      .describe("How long the certificate authorities are valid, and what stands in user-data of nodes."),
    certificateValidityDays: wholeNumber(1, 36500, DAYS)
      .default(365)
      .describe("How long certificates are valid that are renewed without replacing a node."),
    ageRecipients: z
      .array(ageRecipient)
      .default([])
      .describe("Who can read the secrets bundle. Default: it is a plain file that its owner alone can read."),
  })
  .prefault({});
