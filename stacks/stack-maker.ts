import type { App } from "cdktf";
import type { ClusterConfig } from "../src/config/cluster-config.js";
import type { StackLocation } from "./terraform-settings.js";

/** Adds the stacks of one cluster to an app. */
export type StackMaker<C extends ClusterConfig> = (
  app: App,
  config: C,
  location: (stackName: string) => StackLocation,
) => void;
