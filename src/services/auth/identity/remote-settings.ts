import { z } from "zod";

/** What every back-end that is asked over the network can be told. */
export function remoteSettings(slowest: string) {
  return {
    caCertificate: z.string().min(1).optional().describe("PEM file of its authority. Default: those that Node trusts."),
    timeoutSeconds: z.number().min(0.1).max(30).default(5).describe("For everything that one question needs."),
    refusalMilliseconds: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .default(1000)
      .describe(`A sign-in is refused no sooner. Must be longer than ${slowest}.`),
  };
}
