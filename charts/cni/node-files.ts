import { hostVolume } from "../shared/volumes.js";

/** Where the container runtime looks for plugins of the pods' network. */
export const pluginFiles = hostVolume("cni-plugins", "/opt/cni/bin", "DirectoryOrCreate");
/** Where it looks for which of them to call; it takes the first file. */
export const pluginConfiguration = hostVolume("cni-configuration", "/etc/cni/net.d", "DirectoryOrCreate");
/** By it programs take turns at changing the node's packet filter. */
export const packetFilterLock = hostVolume("xtables-lock", "/run/xtables.lock", "FileOrCreate");
