import { z } from "zod";
import { httpUrl, text } from "./primitives.js";

const nonEmpty = z.string().min(1);

const state = z
  .discriminatedUnion("backend", [
    z.strictObject({
      backend: z.literal("local").describe("A file beside bootstrap.yaml; for one person."),
      directory: nonEmpty
        .default(".")
        .describe("Folder of the state files, relative to bootstrap.yaml. A file is named `<stack>.tfstate`."),
    }),
    z.strictObject({
      backend: z.literal("s3").describe("A bucket of Amazon S3 or of a store that speaks its protocol."),
      bucket: nonEmpty.describe("The bucket, which exists already."),
      region: nonEmpty.default("us-east-1").describe("S3-compatible stores ignore it."),
      keyPrefix: nonEmpty.default("kaas").describe("The state's key is `<keyPrefix>/<stack>.tfstate`."),
      endpoint: httpUrl.optional().describe("Address of an S3-compatible store. Default: Amazon's."),
    }),
    z.strictObject({
      backend: z.literal("pg").describe("A PostgreSQL database."),
      schemaPrefix: text((value) => /^[a-z_][a-z0-9_]{0,30}$/.test(value), {
        expected: "at most 31 lower-case letters, digits and _, starting with a letter",
        remedy: "choose a name that PostgreSQL takes without quotes",
      })
        .default("kaas")
        .describe("State is kept in the schema `<schemaPrefix>_<stack>`. PG_CONN_STR names the server."),
    }),
    z.strictObject({
      backend: z.literal("http").describe("An HTTP service that keeps states."),
      address: httpUrl.describe("The state is at `<address>/<stack>`. TF_HTTP_USERNAME and TF_HTTP_PASSWORD sign in."),
    }),
  ])
  .prefault({ backend: "local" })
  .describe("Where Terraform keeps its state. Use a shared backend as soon as two people run the cluster.");

const version = text((value) => /^\d+\.\d+\.\d+$/.test(value), {
  expected: "an exact version",
  remedy: "write it like 3.4.0; 0.0.0 is a build of your own",
});

export const terraformSchema = z
  .strictObject({
    state,
    providers: z
      .strictObject({
        openstack: version.optional().describe("Default: the catalogue's."),
        aws: version.optional().describe("Default: the catalogue's."),
      })
      .prefault({})
      .describe("Versions of Terraform providers. 0.0.0 is a custom build, for development only."),
  })
  .prefault({});
