import { z } from "zod";

/** A secret stands in an environment variable or a file, never in the configuration. */
export const secretReference = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }).describe("An environment variable."),
  z.strictObject({ file: z.string().min(1) }).describe("A file; blanks at its ends are left out."),
]);
export type SecretReference = z.output<typeof secretReference>;
