import type { ClusterNode, OpenStackClusterConfig } from "../../config/cluster-config.js";
import type { IgnitionBuilder } from "../ignition/builder.js";
import { environmentFile } from "../node/environment-file.js";
import { scriptFile, scriptPath } from "../node/scripts.js";
import { unitFile } from "../node/unit-file.js";
import { paths } from "../paths.js";
import { maintenanceEnvironment, memberEnvironment, storesSnapshots } from "./environment.js";

const ETCD_ENVIRONMENT = `${paths.etcd}/etcd.env`;
const MEMBERSHIP = "/run/etcd/membership.env";
/** What keeps etcd's data: nothing that needs them may start before. */
export const VOLUME_UNIT = "kaas-etcd-volume.service";

/** What every member on a node of its own is told. */
export function addEtcdMembers(document: IgnitionBuilder, config: OpenStackClusterConfig): void {
  document.addFile(scriptFile("etcd-membership"));
  document.addUnit({ name: "kaas-etcd.service", enabled: true, contents: memberUnit() });
  addEtcdData(document, config);
}

/** What one of them is told. */
export function addEtcdMember(document: IgnitionBuilder, config: OpenStackClusterConfig, node: ClusterNode): void {
  document.addFile({ path: ETCD_ENVIRONMENT, text: environmentFile(memberEnvironment(config, node)) });
  addOwnEtcdData(document, config, node);
}

/** What surrounds the members' data, on nodes of their own and on controllers alike. */
export function addEtcdData(document: IgnitionBuilder, config: OpenStackClusterConfig): void {
  document.addFile(scriptFile("etcd-volume"));
  document.addUnit({ name: VOLUME_UNIT, enabled: true, contents: volumeUnit() });
  const etcdctl = scriptFile("etcdctl");
  document.addFile(etcdctl);
  document.addLink(scriptPath("etcdutl"), etcdctl.path);
  addJob(document, DEFRAGMENTATION);
  if (!storesSnapshots(config)) return;
  addJob(document, SNAPSHOT);
  addTimer(document, SNAPSHOT, snapshotTime(config.services.backup.etcdSnapshotHours));
}

/** What surrounds the data of one of them. */
export function addOwnEtcdData(document: IgnitionBuilder, config: OpenStackClusterConfig, node: ClusterNode): void {
  document.addFile({ path: `${paths.kaas}/etcd.env`, text: environmentFile(maintenanceEnvironment(config, node)) });
  addTimer(document, DEFRAGMENTATION, defragmentTime(node.ordinal));
}

interface Job {
  readonly name: "etcd-defragment" | "etcd-snapshot";
  readonly description: string;
}

const DEFRAGMENTATION: Job = {
  name: "etcd-defragment",
  description: "Give back the space of what etcd has deleted",
};
const SNAPSHOT: Job = { name: "etcd-snapshot", description: "Store a snapshot of etcd" };

function addJob(document: IgnitionBuilder, { name, description }: Job): void {
  document.addFile(scriptFile(name));
  document.addUnit({
    name: `kaas-${name}.service`,
    contents: unitFile({
      Unit: { Description: description, After: "network-online.target", Wants: "network-online.target" },
      Service: { Type: "oneshot", ExecStart: scriptPath(name), TimeoutStartSec: "1h" },
    }),
  });
}

/** @param onCalendar systemd.time(7) */
function addTimer(document: IgnitionBuilder, { name, description }: Job, onCalendar: string): void {
  document.addUnit({
    name: `kaas-${name}.timer`,
    enabled: true,
    contents: unitFile({
      Unit: { Description: description },
      Timer: { OnCalendar: onCalendar },
      Install: { WantedBy: "timers.target" },
    }),
  });
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** Once a week, no two members in the same hour. */
export function defragmentTime(ordinal: number): string {
  const hour = 2 + Math.floor(ordinal / WEEKDAYS.length);
  return `${WEEKDAYS[ordinal % WEEKDAYS.length]} *-*-* 0${hour}:30:00 UTC`;
}

/** @param hours between two snapshots, 24 at most. systemd refuses a repetition that is as long as the day */
export function snapshotTime(hours: number): string {
  return `*-*-* ${hours < 24 ? `00/${hours}` : "00"}:15:00 UTC`;
}

function memberUnit(): string {
  return unitFile({
    Unit: {
      Description: "etcd",
      Requires: `docker.service ${VOLUME_UNIT}`,
      After: `docker.service network-online.target ${VOLUME_UNIT}`,
      Wants: "network-online.target",
      StartLimitIntervalSec: 0,
    },
    Service: {
      Type: "exec",
      EnvironmentFile: `${paths.kaas}/etcd.env`,
      ExecStartPre: [`-/usr/bin/docker rm --force etcd`, scriptPath("etcd-membership")],
      ExecStart: [
        "/usr/bin/docker --config /etc/kaas/docker run --rm --name etcd --network host --log-driver journald",
        `--env-file ${ETCD_ENVIRONMENT} --env-file ${MEMBERSHIP}`,
        `--volume ${paths.etcdPki}:${paths.etcdPki}:ro --volume ${paths.etcdVolume}:${paths.etcdVolume}`,
        "--entrypoint /usr/local/bin/etcd ${ETCD_IMAGE}",
      ].join(" "),
      ExecStop: "/usr/bin/docker stop --time 30 etcd",
      Restart: "always",
      RestartSec: 10,
      // The image is fetched within the start.
      TimeoutStartSec: "10min",
      LimitNOFILE: 65536,
      Nice: -10,
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

function volumeUnit(): string {
  return unitFile({
    Unit: { Description: "Mount the volume with etcd's data" },
    Service: {
      Type: "oneshot",
      RemainAfterExit: "yes",
      ExecStart: scriptPath("etcd-volume"),
      // It waits for the volume. When it fails, what needs the data must not start: somebody has to look.
      TimeoutStartSec: "infinity",
    },
    Install: { WantedBy: "multi-user.target" },
  });
}
