import type { IgnitionBuilder } from "../ignition/builder.js";

/**
 * Flatcar fetches its updates, and who reboots the node for them is the update operator: its own reboot manager is off.
 * Nodes without Kubernetes wait for somebody to reboot them. Source: github.com/flatcar/flatcar-linux-update-operator
 */
export function addUpdateSettings(document: IgnitionBuilder): void {
  document.addFile({ path: "/etc/flatcar/update.conf", text: "REBOOT_STRATEGY=off\n" });
  document.addUnit({ name: "update-engine.service", enabled: true });
  document.addUnit({ name: "locksmithd.service", mask: true });
}
