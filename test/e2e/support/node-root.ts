import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { rootPath } from "./root-path.js";

/** Folders that a node has before its first boot; Ignition and programs make the rest. */
const FOLDERS = [
  "dev",
  "etc/alternatives",
  "etc/ssl/certs",
  "home",
  "mnt",
  "opt",
  "proc",
  "root",
  "run",
  "srv",
  "sys",
  "usr",
];
/** Links of a merged /usr, as this machine has them. */
const MERGED = ["bin", "lib", "lib32", "lib64", "libx32", "sbin"];
/** What of this machine's /etc its programs need, and nothing of its own: names, certificates, library paths. */
const HOST_FILES = [
  "etc/ld.so.cache",
  "etc/ssl/certs/ca-certificates.crt",
  "etc/ssl/openssl.cnf",
  "etc/protocols",
  "etc/services",
];
/** Users of Flatcar. */
const USERS = { root: 0, etcd: 232, core: 500, nobody: 65534 };

/**
 * Makes a node's disk below `folder`: its root, and its extension of /usr, which no program on the node can change.
 *
 * Programs elsewhere than in /usr are bound when the node boots, see {@link boundPrograms}.
 */
export function createNodeRoot(
  folder: string,
  { name, programs }: { readonly name: string; readonly programs: Readonly<Record<string, string>> },
): { readonly root: string; readonly extension: string } {
  const root = join(folder, "root");
  const extension = join(folder, "extension");
  for (const path of [extension, ...FOLDERS.map((path) => join(root, path))]) mkdirSync(path, { recursive: true });
  for (const path of ["tmp", "var/tmp"]) {
    mkdirSync(join(root, path), { recursive: true });
    chmodSync(join(root, path), 0o1777);
  }
  symlinkSync("../run", join(root, "var/run"));
  for (const path of MERGED.filter((link) => existsSync(`/${link}`)))
    symlinkSync(readlinkSync(`/${path}`), join(root, path));
  for (const path of HOST_FILES.filter((file) => existsSync(`/${file}`))) copyFileSync(`/${path}`, join(root, path));
  const users = Object.entries(USERS);
  const etc = {
    hostname: `${name}\n`,
    hosts: "127.0.0.1 localhost\n",
    // Without it, glibc asks a name server before it looks into /etc/hosts.
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
    "resolv.conf": "",
    passwd: users.map(([user, id]) => `${user}:x:${id}:${id}::${user === "root" ? "/root" : "/"}:/bin/bash\n`).join(""),
    group: users.map(([user, id]) => `${user}:x:${id}:\n`).join(""),
  };
  for (const [file, text] of Object.entries(etc)) writeFileSync(join(root, "etc", file), text);
  for (const [path, source] of Object.entries(programs).filter(([program]) => isOfExtension(program)))
    place(source, join(extension, path.slice("/usr/".length)));
  return { root, extension };
}

/** A link costs nothing; a copy is needed only across file systems. */
function place(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

/** Where the programs that are no part of /usr belong, with the files to be bound there: the end of {@link BOOT}'s arguments. */
export function boundPrograms(root: string, programs: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(programs)
    .filter(([path]) => !isOfExtension(path))
    .flatMap(([path, source]) => {
      const target = rootPath(root, path);
      mkdirSync(dirname(target), { recursive: true });
      // Something must be there to be covered; what Ignition or an earlier boot has put there serves.
      writeFileSync(target, "", { flag: "a" });
      return [target, source];
    });
}

function isOfExtension(path: string): boolean {
  return path.startsWith("/usr/");
}

/**
 * For sh, in new mount, PID, network and UTS namespaces: mounts what a running node has and makes its root the root.
 * Arguments: the root, its extension, then pairs of a place in the root and the program to be found there.
 */
export const BOOT = `
root=$1 extension=$2
shift 2
mount --bind "$root" "$root"
cd "$root"
find run -mindepth 1 -delete
# As systemd-sysext does it: both lower, so that nothing is written to this machine's /usr.
mount -t overlay -o "ro,lowerdir=$extension:/usr" usr usr
mount --bind -o ro /etc/alternatives etc/alternatives
while [ $# -gt 0 ]; do
  mount --bind -o ro "$2" "$1"
  shift 2
done
mount -t proc -o nosuid,nodev,noexec proc proc
mount -t sysfs -o nosuid,nodev,noexec,ro sysfs sys
mount -t tmpfs -o mode=755 dev dev
for device in null zero full random urandom tty; do cp -a "/dev/$device" dev/; done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
mount -t tmpfs -o mode=1777 shm dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
for stream in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/\${stream%:*}" "dev/\${stream#*:}"; done
cat etc/hostname >/proc/sys/kernel/hostname
pivot_root . .
umount -l .
cd /
`;
