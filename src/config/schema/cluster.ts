import { z } from "zod";
import { catalogue } from "../../versions/catalogue.js";
import { dnsName, name, tagKey, tagValue, text } from "./primitives.js";

/** 20: with the longest pool name and ordinal a host name stays below its 63 characters. */
const CLUSTER_NAME_LENGTH = 20;

/** Whether the catalogue has it is a rule's to say: it depends on the provider. */
const versionHint = { expected: "a version of three parts", remedy: `write it like ${catalogue.kubernetes.default}` };

export const clusterSchema = z.strictObject({
  name: name(CLUSTER_NAME_LENGTH).describe(
    "Name of the cluster. It starts the name of every resource and cannot change later.",
  ),
  domain: dnsName.describe(
    "Domain below which the cluster's hosts live: `api.<name>.<domain>`, `<service>.<name>.<domain>`.",
  ),
  kubernetes: text((value) => /^v?\d+\.\d+\.\d+/.test(value), versionHint)
    .default(catalogue.kubernetes.default)
    .describe("Kubernetes version, one of the catalogue (`kaasctl versions`)."),
  profile: z
    .enum(["production", "development"])
    .default("production")
    .describe(
      "`development` allows what production refuses: custom Terraform providers, a single etcd member or controller, " +
        "a CNI without network policies; and object containers are deleted with their content.",
    ),
  tags: z
    .record(tagKey, tagValue)
    .default({})
    .describe("Tags of your own, set on every resource beside the cluster's."),
});
