import type { CommandSpec } from "../command.js";
import { completion } from "./completion.js";
import { preconfigure } from "./preconfigure.js";
import { secretsKubeconfig } from "./secrets/kubeconfig.js";
import { secretsVariables } from "./secrets/variables.js";
import { synth } from "./synth.js";
import { validate } from "./validate.js";
import { versions } from "./versions.js";

/** Every command, in the order of the help. */
export const commands: readonly CommandSpec[] = [
  validate,
  preconfigure,
  synth,
  secretsKubeconfig,
  secretsVariables,
  versions,
  completion,
];
