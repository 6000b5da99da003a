import { TerraformElement } from "cdktf";
import type { Node } from "constructs";

/** Id of the child that a construct is about, as elsewhere in constructs: it does not show in names. */
const MAIN_CHILD = "/Default";

/**
 * The name of an element in Terraform's state: its path in the stack, joined by underscores. Readable, without the hash
 * that cdktf adds by default, so that `openstack_compute_instance_v2.worker-2_instance` can be typed.
 * Paths are a contract: another id is another resource. See docs/decisions/0002-readable-addresses.md.
 */
export function logicalId(element: TerraformElement | Node): string {
  const node = TerraformElement.isTerraformElement(element) ? element.node : element;
  const path = node.path.endsWith(MAIN_CHILD) ? node.path.slice(0, -MAIN_CHILD.length) : node.path;
  return path.slice(path.indexOf("/") + 1).replaceAll("/", "_");
}
