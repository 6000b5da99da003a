import { z } from "zod";
import { catalogue } from "../../versions/catalogue.js";
import { dnsName, name, tagText } from "./primitives.js";

/** 20: with the longest pool name and ordinal a host name stays below its 63 characters. */
const CLUSTER_NAME_LENGTH = 20;

export const clusterSchema = z.strictObject({
  name: name(CLUSTER_NAME_LENGTH).describe(
    "Name of the cluster. It starts the name of every resource and cannot change later.",
  ),
  domain: dnsName.describe(
    "Domain below which the cluster's hosts live: `api.<name>.<domain>`, `<service>.<name>.<domain>`.",
  ),
  kubernetes: z
    .string()
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
    .record(tagText, tagText)
    .default({})
    .describe("Tags of your own, set on every resource beside the cluster's."),
});
