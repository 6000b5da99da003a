import type { Path } from "../../config/diagnostics.js";
import type { Capacity, QuotaCode } from "./quota-codes.js";

/** What uses a quota up. */
export type Counted =
  | { readonly what: "vpcs" | "internet-gateways" | "elastic-ips" | "gp3-storage" | "clusters" }
  | { readonly what: "nat-gateways"; readonly zone: string }
  /** @param family title of the {@link InstanceFamily} */
  | { readonly what: "vcpus"; readonly family: string; readonly capacity: Capacity }
  /** The quota holds for each thing by itself: what others use does not matter. */
  | { readonly what: "nothing" }
  /** Others use it too, and kaasctl does not count how much. */
  | { readonly what: "not-asked" };

/**
 * What a cluster takes of one quota.
 *
 * @typeParam By who counts what is in use
 */
export interface QuotaNeed<By extends { readonly what: string } = Counted> {
  /** As a reader calls it: `VPCs`. */
  readonly name: string;
  readonly quota: QuotaCode;
  /** Undefined when an instance type's size is not known. */
  readonly needed: number | undefined;
  /** How the figure comes about, where it is not plain. */
  readonly reckoning?: string;
  readonly counted: By;
  /** What in bootstrap.yaml decides it. */
  readonly path: Path;
}
