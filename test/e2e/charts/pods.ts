import { lockedDown } from "./changes.js";
import { type Manifest } from "./person.js";

const container = lockedDown();
/** A container of nothing but this. */
export const withContext = (securityContext: Manifest): Manifest => ({ name: "main", image: "pause", securityContext });
const spec = (fields: Manifest): Manifest => ({ containers: [container], ...fields });
/** A pod of nothing but that container. */
export const only = (securityContext: Manifest): Manifest => ({ containers: [withContext(securityContext)] });

/** Pods that users may not have, each with what they are told. */
export const refusedPods: Readonly<Record<string, readonly [message: string, spec: Manifest]>> = {
  "on the network of the node": ["pods may not share", spec({ hostNetwork: true })],
  "among the processes of the node": ["pods may not share", spec({ hostPID: true })],
  "in the memory of the node": ["pods may not share", spec({ hostIPC: true })],
  "with folders of the node": ["pods may not mount", spec({ volumes: [{ name: "v", hostPath: { path: "/" } }] })],
  "with ports of the node": [
    "containers may not take ports",
    { containers: [{ ...container, ports: [{ containerPort: 80, hostPort: 80 }] }] },
  ],
  privileged: ["containers may not be privileged", only({ privileged: true, runAsNonRoot: true })],
  "privileged while it begins": [
    "containers may not be privileged",
    spec({ initContainers: [{ ...withContext({ privileged: true, runAsNonRoot: true }), name: "init" }] }),
  ],
  "with capabilities": [
    "containers may add no capability",
    only({ runAsNonRoot: true, capabilities: { add: ["NET_BIND_SERVICE", "SYS_ADMIN"] } }),
  ],
  "as root": ["containers may not run as root", only({ runAsUser: 0 })],
  "as root by the pod": ["containers may not run as root", { ...only({}), securityContext: { runAsUser: 0 } }],
  "as root whatever the pod says": [
    "containers may not run as root",
    { ...only({ runAsUser: 0 }), securityContext: { runAsUser: 1000, runAsNonRoot: true } },
  ],
  "as root although it must not": [
    "containers may not run as root",
    { ...only({ runAsNonRoot: false }), securityContext: { runAsNonRoot: true } },
  ],
  "as whom the image says": ["containers may not run as root", { containers: [{ name: "main", image: "pause" }] }],
  "before the platform's": ["pods may not have the priority", spec({ priorityClassName: "platform" })],
  "before all others": ["pods may not have the priority", spec({ priorityClassName: "system-node-critical" })],
};

/** Pods that users may have. */
export const acceptedPods: Readonly<Record<string, Manifest>> = {
  "that says what it is": spec({}),
  "of a user by number": only({ runAsUser: 1000 }),
  "of a user that the pod names": { ...only({}), securityContext: { runAsUser: 1000 } },
  "that the kubelet will not start as root": { ...only({}), securityContext: { runAsNonRoot: true } },
  "that listens on a low port": only({
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
  }),
};
