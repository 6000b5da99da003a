import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import type { ImageConfig } from "./image-store.js";

const execute = promisify(execFile);

export interface ContainerProps {
  /** Its root, which it cannot write to. */
  readonly files: string;
  /** Of its image: who runs what. */
  readonly image: Pick<ImageConfig, "User" | "Env" | "Entrypoint" | "Cmd">;
  /** More variables. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folders of this machine by their place in the container. @default - none */
  readonly volumes?: Readonly<Record<string, { readonly folder: string; readonly readOnly?: boolean }>>;
}

/**
 * A container of runc as a restricted pod has it: the image's own user, a root that is read-only, no capabilities and no way
 * to new ones. It has this machine's network.
 */
export class Container {
  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly ended: Promise<[number | null]>,
  ) {}

  static start({ files, image, environment = {}, volumes = {} }: ContainerProps): Container {
    const folder = mkdtempSync(join(tmpdir(), "kaas-container-"));
    mkdirSync(join(folder, "state"));
    const [uid = NaN, gid = NaN] = image.User.split(":").map(Number);
    const added = Object.entries(environment).map((pair) => pair.join("="));
    const binds = Object.entries(volumes).map(([destination, { folder: source, readOnly = false }]) => ({
      destination,
      source,
      type: "bind",
      options: ["bind", "nosuid", "nodev", "noexec", readOnly ? "ro" : "rw"],
    }));
    const none = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] };
    const spec = {
      ociVersion: "1.0.2",
      root: { path: files, readonly: true },
      process: {
        user: { uid, gid },
        args: [...image.Entrypoint, ...image.Cmd],
        env: [...image.Env, ...added],
        cwd: "/",
        capabilities: none,
        noNewPrivileges: true,
      },
      mounts: [
        { destination: "/proc", type: "proc", source: "proc", options: ["nosuid", "nodev", "noexec"] },
        { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "mode=755", "size=64k"] },
        ...binds,
      ],
      linux: { namespaces: ["pid", "mount", "ipc", "uts"].map((type) => ({ type })) },
    };
    writeFileSync(join(folder, "config.json"), JSON.stringify(spec));
    const output = openSync(join(folder, "output"), "a");
    const child = spawn("runc", [...runtime(folder), "run", "--bundle", folder, basename(folder)], {
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    return new Container(folder, child, once(child, "exit") as Promise<[number | null]>);
  }

  /** All that it has written. */
  get output(): string {
    return readFileSync(join(this.folder, "output"), "utf8");
  }

  /** A file of /proc about its first process. */
  async about(file: "status" | "mounts"): Promise<string> {
    const { stdout } = await execute("runc", [...runtime(this.folder), "state", basename(this.folder)]);
    const { pid } = JSON.parse(stdout) as { readonly pid: number };
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  }

  /** Asks it to end, as a kubelet does. */
  async stop(): Promise<void> {
    await execute("runc", [...runtime(this.folder), "kill", basename(this.folder), "TERM"]);
  }

  /** Resolves to its exit code, once it has ended. */
  async exitCode(): Promise<number | null> {
    const [code] = await this.ended;
    return code;
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await execute("runc", [...runtime(this.folder), "kill", basename(this.folder), "KILL"]);
      await this.ended;
    }
    rmSync(this.folder, { recursive: true });
  }
}

function runtime(folder: string): readonly string[] {
  return ["--root", join(folder, "state")];
}
