import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { runCommand } from "./process.js";

const execute = promisify(execFile);

const ROOT = resolve(import.meta.dirname, "../../..");
const NODE = "/nodejs/bin/node";

/** What an image tells those who run it. */
export interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly ExposedPorts: Readonly<Record<string, unknown>>;
  readonly Labels: Readonly<Record<string, string>>;
}

export interface Image {
  /** Hash of its configuration, and with it of its layers. */
  readonly id: string;
  readonly architecture: string;
  readonly config: ImageConfig;
}

/** buildah with images of its own, in a folder of its own. */
export class ImageStore {
  private constructor(private readonly folder: string) {}

  static open(): ImageStore {
    const folder = mkdtempSync(join(tmpdir(), "kaas-images-"));
    const lines = ["[storage]", 'driver = "overlay"', `graphroot = "${folder}/images"`, `runroot = "${folder}/run"`];
    writeFileSync(join(folder, "storage.conf"), lines.join("\n"));
    return new ImageStore(folder);
  }

  /**
   * Stands in for the distroless base, which no registry gives here: a Node at its place, the libraries that it needs of this
   * machine, a user, and nothing else.
   */
  async makeBase(name: string, node: string): Promise<void> {
    const contents = join(this.folder, "base");
    const put = (file: string, to = file) => {
      mkdirSync(dirname(join(contents, to)), { recursive: true });
      copyFileSync(file, join(contents, to));
    };
    put(node, NODE);
    const { stdout } = await execute("ldd", [node]);
    for (const [library] of stdout.matchAll(/\/\S+/g)) put(library);
    mkdirSync(join(contents, "etc"));
    writeFileSync(join(contents, "etc/passwd"), "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n");
    const container = await this.buildah("from", "scratch");
    await this.buildah("copy", "--quiet", container, contents, "/");
    await this.buildah("config", "--user", "65532", "--entrypoint", JSON.stringify([NODE]), container);
    await this.buildah("commit", "--quiet", container, name);
    await this.buildah("rm", container);
    rmSync(contents, { recursive: true });
  }

  /** `make build`, as a user does it. @returns folder of the contents */
  async make(variables: Readonly<Record<string, string>>): Promise<string> {
    const output = join(this.folder, "context");
    const args = Object.entries({ OUTPUT: output, ENGINE: "buildah", ...variables }).map((pair) => pair.join("="));
    await runCommand("make build", "make", ["--silent", "build", ...args], {
      cwd: ROOT,
      environment: this.environment,
    });
    return output;
  }

  async inspect(name: string): Promise<Image> {
    const text = await this.buildah("inspect", "--type", "image", name);
    const { FromImageID, OCIv1 } = JSON.parse(text) as { FromImageID: string; OCIv1: Omit<Image, "id"> };
    return { id: FromImageID, architecture: OCIv1.architecture, config: OCIv1.config };
  }

  /** An image's files. @returns their folder, which goes with the store */
  async mount(name: string): Promise<string> {
    return this.buildah("mount", await this.buildah("from", name));
  }

  async close(): Promise<void> {
    await this.buildah("umount", "--all");
    await this.buildah("rm", "--all");
    rmSync(this.folder, { recursive: true });
  }

  private get environment() {
    return { CONTAINERS_STORAGE_CONF: join(this.folder, "storage.conf") };
  }

  private async buildah(...args: readonly string[]): Promise<string> {
    const { stdout } = await execute("buildah", args, { env: { ...process.env, ...this.environment } });
    return stdout.trim();
  }
}
