import type { EksSections } from "./schema/bootstrap.js";

/** How many nodes a group has at first, and between what the autoscaler may move. */
export interface NodeGroupSizes {
  readonly count: number;
  readonly minCount: number;
  readonly maxCount: number;
}

/** EKS takes no maximum of 0. */
export function nodeGroupSizes({
  count,
  minCount = count,
  maxCount = Math.max(count, 1),
}: Pick<EksSections["workers"][number], "count" | "minCount" | "maxCount">): NodeGroupSizes {
  return { count, minCount, maxCount };
}
