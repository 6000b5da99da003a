import type { Check } from "./cluster-output.js";

/** Every priority class exists. */
export const priorities: Check = (output) =>
  output.pods.flatMap(({ title, spec: { priorityClassName } }) =>
    priorityClassName === undefined || output.has("PriorityClass", undefined, priorityClassName)
      ? []
      : [`${title}: there is no PriorityClass ${priorityClassName}`],
  );
