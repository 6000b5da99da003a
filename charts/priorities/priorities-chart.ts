import { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import { ownerLabels } from "../shared/labels.js";
import { priorityClasses } from "./priority-classes.js";

/** The priority classes of the platform. */
export class PrioritiesChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const { name, value, description } of Object.values(priorityClasses)) {
      new k8s.KubePriorityClass(this, name, {
        metadata: { name, labels: ownerLabels },
        value,
        globalDefault: false,
        description,
      });
    }
  }
}
