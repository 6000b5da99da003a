import { z } from "zod";

/** The body of every answer that is no success. */
export const problem = z.object({
  code: z.string().describe("From the catalogue of errors; stable."),
  message: z.string(),
  details: z
    .array(z.object({ path: z.string(), problem: z.string() }))
    .optional()
    .describe("Every mistake of the request."),
  request_id: z.string(),
});
export type Problem = Readonly<z.output<typeof problem>>;
