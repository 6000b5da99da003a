import { textResource } from "./data-url.js";
import {
  IGNITION_VERSION,
  type Directory,
  type File,
  type Filesystem,
  type IgnitionDocument,
  type Link,
  type Resource,
  type Unit,
  type User,
} from "./document.js";

/** Modes of files: what all may read, what all may run, and what is root's alone. */
export const fileMode = { public: 0o644, executable: 0o755, secret: 0o600 } as const;

/** A file with its text, or with where its content comes from. */
export type NewFile = { readonly path: string; /** @default public */ readonly mode?: number } & (
  { readonly text: string } | { readonly from: Resource }
);

/** A document in the making. Parts of it add what is theirs; two that claim one path are a mistake in the product. */
export class IgnitionBuilder {
  private readonly users: User[] = [];
  private readonly directories: Directory[] = [];
  private readonly files: File[] = [];
  private readonly links: Link[] = [];
  private readonly filesystems: Filesystem[] = [];
  private readonly units: Unit[] = [];
  private readonly claimed = new Set<string>();

  /** @param sshKeys OpenSSH public keys */
  addUser(name: string, sshKeys: readonly string[]): void {
    this.claim(`user ${name}`);
    this.users.push({ name, sshAuthorizedKeys: sshKeys });
  }

  addDirectory(path: string, mode: number = fileMode.executable): void {
    this.claim(path);
    this.directories.push({ path, mode });
  }

  addFile(file: NewFile): void {
    this.claim(file.path);
    const contents = "text" in file ? textResource(file.text) : file.from;
    this.files.push({ path: file.path, mode: file.mode ?? fileMode.public, overwrite: true, contents });
  }

  addLink(path: string, target: string): void {
    this.claim(path);
    this.links.push({ path, target, hard: false, overwrite: true });
  }

  addFilesystem(filesystem: Filesystem): void {
    this.claim(filesystem.device);
    this.filesystems.push(filesystem);
  }

  addUnit(unit: Unit): void {
    this.claim(`unit ${unit.name}`);
    this.units.push(unit);
  }

  build(): IgnitionDocument {
    const { users, directories, files, links, filesystems, units } = this;
    const storage = {
      ...(directories.length > 0 && { directories }),
      ...(files.length > 0 && { files }),
      ...(links.length > 0 && { links }),
      ...(filesystems.length > 0 && { filesystems }),
    };
    return {
      ignition: { version: IGNITION_VERSION },
      ...(users.length > 0 && { passwd: { users } }),
      ...(Object.keys(storage).length > 0 && { storage }),
      ...(units.length > 0 && { systemd: { units } }),
    };
  }

  private claim(what: string): void {
    if (this.claimed.has(what)) throw new Error(`${what} is written twice`);
    this.claimed.add(what);
  }
}
