import { parse } from "yaml";
import { type NodeHost } from "./node-host.js";
import { type NodeProcess } from "./node-process.js";

/** Where a node of the tests has the programs that the images of static pods would bring. */
export const IMAGE_PROGRAMS = "/var/lib/images";

export interface HostPathMount {
  readonly hostPath: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
}

interface Manifest {
  readonly spec: {
    readonly containers: readonly [
      {
        readonly image: string;
        readonly command: readonly [string, ...string[]];
        readonly volumeMounts: readonly {
          readonly name: string;
          readonly mountPath: string;
          readonly readOnly?: boolean;
        }[];
      },
    ];
    readonly volumes: readonly { readonly name: string; readonly hostPath: { readonly path: string } }[];
  };
}

/** A static pod as kubeadm has written it on a node. */
export class StaticPod {
  readonly image: string;
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly mounts: readonly HostPathMount[];

  constructor(
    private readonly node: NodeHost,
    readonly name: string,
  ) {
    const { spec } = parse(node.readFile(`/etc/kubernetes/manifests/${name}.yaml`)) as Manifest;
    const [container] = spec.containers;
    this.image = container.image;
    this.command = container.command;
    this.mounts = container.volumeMounts.map(({ name: volume, mountPath, readOnly = false }) => {
      const hostPath = spec.volumes.find((candidate) => candidate.name === volume)?.hostPath.path;
      if (hostPath === undefined) throw new Error(`${this.name} mounts ${volume}, which it has not`);
      return { hostPath, mountPath, readOnly };
    });
  }

  /** The program's flags with their values, as they stand there. */
  get flags(): readonly (readonly [flag: string, value: string])[] {
    return this.command.slice(1).map((argument) => {
      const [, flag, value] = /^--([a-z0-9-]+)=(.*)$/.exec(argument) ?? [];
      if (flag === undefined || value === undefined) throw new Error(`${this.name}: no flag with a value: ${argument}`);
      return [flag, value] as const;
    });
  }

  flag(name: string): string | undefined {
    return this.flags.find(([flag]) => flag === name)?.[1];
  }

  /** The files that flags name. */
  get files(): readonly string[] {
    return this.flags.map(([, value]) => value).filter((value) => value.startsWith("/"));
  }

  /**
   * Starts the program as a container of the node's network, which sees of the node what the pod mounts and no more.
   *
   * @param flags behind the pod's own: the last of a name counts. Default: none
   */
  start(flags: readonly string[] = []): NodeProcess {
    const [program, ...args] = this.command;
    const mounts = this.mounts.map(({ hostPath, mountPath, readOnly }) =>
      [hostPath, mountPath, readOnly ? "ro" : "rw"].join(":"),
    );
    const container = ["--mount", "bash", "-euc", CONTAINER, "bash", IMAGE_PROGRAMS, mounts.join(" "), program];
    return this.node.start("unshare", [...container, ...args, ...flags], this.logFile);
  }

  get logFile(): string {
    return `/var/log/pods/${this.name}.log`;
  }
}

/** For bash in a mount namespace of its own. Arguments: the images' programs, `host:inside:mode …`, the command. */
const CONTAINER = `
programs=$1 mounts=$2 root=/mnt
shift 2
mount -t tmpfs container $root
mkdir -p $root/{dev,proc,tmp,etc,usr/local/bin}
mount --rbind /dev $root/dev
mount --rbind /proc $root/proc
mount --rbind "$programs" $root/usr/local/bin
# The kubelet gives a pod of the node's network the node's names.
cp /etc/hosts $root/etc/hosts
for mount in $mounts; do
  IFS=: read -r host inside mode <<<"$mount"
  if [ -d "$host" ]; then mkdir -p "$root$inside"; else mkdir -p "$(dirname "$root$inside")" && touch "$root$inside"; fi
  mount --rbind "$host" "$root$inside"
  [ "$mode" = rw ] || mount -o remount,bind,ro "$root$inside"
done
exec env --ignore-environment PATH=/usr/local/bin /usr/sbin/chroot $root "$@"
`;
