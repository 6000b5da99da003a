import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, openSync, truncateSync } from "node:fs";
import { promisify } from "node:util";
import { eventually } from "./eventually.js";
import { type NodeHost } from "./node-host.js";

const execute = promisify(execFile);
const MIB = 1024 ** 2;

/** How a hypervisor's disk shows below /dev/disk/by-id. Source: /usr/lib/udev/rules.d/60-persistent-storage.rules */
export const diskLinks = {
  virtio: (serial: string) => `virtio-${serial.slice(0, 20)}`,
  "virtio-scsi": (serial: string) => `scsi-0QEMU_QEMU_HARDDISK_${serial}`,
  "virtio-scsi, cut short": (serial: string) => `scsi-0QEMU_QEMU_HARDDISK_${serial.slice(0, 20)}`,
  "virtio-scsi, by its serial": (serial: string) => `scsi-SQEMU_QEMU_HARDDISK_${serial}`,
} as const;

/** A volume of the cloud: a file here, and a block device of the node that it is attached to. Needs loop devices. */
export class EtcdVolume {
  /** As Cinder gives them, and the disk's serial. */
  readonly id = randomUUID();

  /** @param file where its contents are; made when missing, and removed with the folder that it is in */
  constructor(
    readonly file: string,
    sizeMiB = 256,
  ) {
    closeSync(openSync(file, "a"));
    this.resize(sizeMiB);
  }

  /** As it is found when it is attached the next time. */
  resize(sizeMiB: number): void {
    truncateSync(this.file, sizeMiB * MIB);
  }

  /** Attaches it to a node that is on. It stays attached until the node goes off. */
  async attach(node: NodeHost, link: keyof typeof diskLinks = "virtio"): Promise<void> {
    await this.detached();
    const device = (await execute("losetup", ["--find", "--show", this.file])).stdout.trim();
    try {
      // Detaching takes effect once nobody has the device open any more: when the node ends, however it does.
      const holder = node.start("bash", ["-euc", HOLD, "bash", device.slice("/dev/loop".length)], "/var/log/disk.log");
      await Promise.race([
        eventually(() => node.run("test", ["-e", "/dev/vdb.held"])),
        holder.ended.then(() => Promise.reject(new Error(node.readFile("/var/log/disk.log")))),
      ]);
    } finally {
      await execute("losetup", ["--detach", device]);
    }
    const by = "/dev/disk/by-id";
    await node.run("mkdir", ["--parents", by]);
    await node.run("ln", ["--symbolic", "../../vdb", `${by}/${diskLinks[link](this.id)}`]);
  }

  /** Resolves when no node has it: the kernel takes its time after the power went. */
  async detached(): Promise<void> {
    await eventually(async () => {
      const devices = await this.devices();
      if (devices.length > 0) throw new Error(`${this.file} is still attached as ${devices.join(", ")}`);
    });
  }

  private async devices(): Promise<readonly string[]> {
    const { stdout } = await execute("losetup", ["--associated", this.file, "--noheadings", "--output", "NAME"]);
    return stdout.split("\n").filter((line) => line !== "");
  }
}

const HOLD = `
mknod /dev/vdb b 7 "$1"
exec 3</dev/vdb
touch /dev/vdb.held
exec sleep infinity
`;
