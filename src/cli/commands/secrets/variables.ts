import { UserError } from "../../../lib/user-error.js";
import { defineCommand } from "../../command.js";
import { IDENTITY_HELP, requireSecrets } from "../../secrets/bundle-access.js";
import { secretOutputFields, secretOutputInput, secretResult } from "../../secrets/secret-output.js";

export const secretsVariables = defineCommand({
  path: ["secrets", "variables"],
  summary: "print the secrets as a var-file for Terraform",
  description: [
    "Prints the values of the sensitive variables of the cluster's stack, as a JSON var-file: for those who run " +
      "`cdktf deploy` or `terraform apply` themselves. Terraform takes a var-file for JSON when its name ends in .json.",
    "It is not printed to a terminal, which keeps what it showed; give --out, or redirect it.",
    IDENTITY_HELP,
  ],
  ...secretOutputInput,
  examples: [
    {
      line: "kaasctl secrets variables demo-openstack --out environments/demo-openstack/secrets.tfvars.json",
      says: "then: terraform apply -var-file=<path of that file>; git ignores it there",
    },
    {
      line: "kaasctl secrets variables demo-openstack | vault kv put secret/demo-openstack -",
      says: "into a store of your own",
    },
  ],
  jsonFields: secretOutputFields({ variables: "values by variable, as in the var-file; absent with `--out`" }),
  async run(input, { io }) {
    const { out } = input.options;
    if (out === undefined && io.stdout.isTTY === true) {
      throw new UserError(
        "the var-file holds every key of the cluster, and a terminal keeps what it shows",
        "give --out FILE, or redirect standard output",
      );
    }
    // These two reach no node, and so no variable.
    const isVariable = ([part]: readonly unknown[]) => part !== "admin" && part !== "authServer";
    const { config, bundle } = await requireSecrets(input.arguments.environment, io, isVariable);
    const { terraformVariables } = await import("../../../pki/terraform-variables.js");
    const variables = terraformVariables(bundle);
    const text = `${JSON.stringify(variables, null, 2)}\n`;
    return secretResult(out, io, { cluster: config.name, text, json: { variables }, isEarlier: isVarFile });
  },
});

function isVarFile(text: string): boolean {
  return text.startsWith('{\n  "initialised": ');
}
