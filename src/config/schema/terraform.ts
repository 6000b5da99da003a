import { z } from "zod";
import { httpUrl } from "./primitives.js";

const nonEmpty = z.string().min(1);

const state = z
  .discriminatedUnion("backend", [
    z.strictObject({
      backend: z.literal("local"),
      path: nonEmpty
        .optional()
        .describe("Path of the state file, relative to bootstrap.yaml. Default: `<stack>.tfstate` beside it."),
    }),
    z.strictObject({
      backend: z.literal("s3"),
      bucket: nonEmpty,
      region: nonEmpty.default("us-east-1").describe("S3-compatible stores ignore it."),
      keyPrefix: nonEmpty.default("kaas").describe("The state's key is `<keyPrefix>/<stack>.tfstate`."),
      endpoint: httpUrl.optional().describe("Address of an S3-compatible store. Default: Amazon's."),
    }),
    z.strictObject({
      backend: z.literal("pg"),
      schemaPrefix: z
        .string()
        .regex(/^[a-z_][a-z0-9_]{0,30}$/)
        .default("kaas")
        .describe("State is kept in the schema `<schemaPrefix>_<stack>`. PG_CONN_STR names the server."),
    }),
    z.strictObject({
      backend: z.literal("http"),
      address: httpUrl.describe("The state is at `<address>/<stack>`. TF_HTTP_USERNAME and TF_HTTP_PASSWORD sign in."),
    }),
  ])
  .prefault({ backend: "local" })
  .describe("Where Terraform keeps its state. Use a shared backend as soon as two people run the cluster.");

const version = z.string().refine((value) => /^\d+\.\d+\.\d+$/.test(value), {
  params: { expected: "an exact version", remedy: "write it like 3.4.0; 0.0.0 is a build of your own" },
});

export const terraformSchema = z
  .strictObject({
    state,
    providers: z
      .strictObject({
        openstack: version.optional(),
        aws: version.optional(),
      })
      .prefault({})
      .describe("Versions of Terraform providers. 0.0.0 is a custom build, for development only."),
  })
  .prefault({});
