import type { TerraformResource } from "cdktf";

/**
 * Says of a resource which checks of checkov it does not pass and why that is right. The reasons stand in the synthesized
 * JSON, beside the resource, for whoever reviews it. Terraform ignores them.
 *
 * @param reasons by the check's id
 */
export function acceptRisk(resource: TerraformResource, reasons: Readonly<Record<string, string>>): void {
  const skip = Object.entries(reasons).map(([id, comment]) => ({ id, comment }));
  resource.addOverride("//.checkov.skip", skip);
}
