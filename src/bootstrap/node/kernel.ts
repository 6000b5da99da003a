/**
 * Settings of the kernel on every Kubernetes node: what the kubelet checks for when it protects its defaults, what pods'
 * traffic needs, what Elasticsearch asks for, and room for many file watchers.
 */
export const kernelSettings: Readonly<Record<string, number>> = {
  "fs.inotify.max_user_instances": 8192,
  "fs.inotify.max_user_watches": 524288,
  "kernel.keys.root_maxbytes": 25000000,
  "kernel.keys.root_maxkeys": 1000000,
  "kernel.panic": 10,
  "kernel.panic_on_oops": 1,
  "net.ipv4.ip_forward": 1,
  "vm.max_map_count": 1048576,
  "vm.overcommit_memory": 1,
  "vm.panic_on_oom": 0,
};

/** sysctl.d(5) */
export function kernelSettingsFile(): string {
  return Object.entries(kernelSettings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join("");
}

export const kernelModules = ["br_netfilter", "overlay"] as const;
