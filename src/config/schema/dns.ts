import { z } from "zod";
import { dnsZone, wholeNumber } from "./primitives.js";

/** Whose zone the cluster's names are in. @param modes what each `manage` means on the cloud, and the default */
export function clusterDns(modes: string) {
  return z.strictObject({
    manage: z.enum(["zone", "records", "none"]).optional().describe(modes),
    zone: dnsZone.optional().describe("The zone. Default: `<cluster>.<domain>.`"),
    ttlSeconds: wholeNumber(30, 86400, "seconds").default(300).describe("Time to live of the records."),
  });
}
