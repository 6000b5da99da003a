import type { CommandSpec } from "../command.js";
import { completion } from "./completion.js";
import { synth } from "./synth.js";
import { validate } from "./validate.js";
import { versions } from "./versions.js";

/** Every command, in the order of the help. */
export const commands: readonly CommandSpec[] = [validate, synth, versions, completion];
