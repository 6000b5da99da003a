import type { OpenStackClusterConfig } from "../../config/cluster-config.js";
import type { IgnitionBuilder } from "../ignition/builder.js";
import { paths } from "../paths.js";
import { addUpdateSettings } from "./updates.js";

/** What every node gets, whatever its role. */
export function addCommon(document: IgnitionBuilder, { access, provider }: OpenStackClusterConfig): void {
  if (access.sshKeys.length > 0) document.addUser("core", access.sshKeys);
  if (provider.caCertificate !== undefined) {
    document.addFile({ path: paths.cloudCa, text: provider.caCertificate });
  }
  addUpdateSettings(document);
}
