import { describe, expect, it } from "@jest/globals";
import { kubeVipPod } from "../../src/bootstrap/kube-vip.js";
import { cluster } from "./support/bootstrap-cluster.js";

const changes = { provider: { api: { topology: "virtual-ip" } }, network: { nodeCidr: "10.20.0.0/23" } };
const { spec } = kubeVipPod(cluster(changes));
const [container] = spec.containers;
const environment = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));

describe("kube-vip", () => {
  it("holds the API's address and no other, for the control plane alone", () => {
    expect(environment).toMatchObject({
      address: "10.20.0.5",
      vip_subnet: "32",
      port: "6443",
      cp_enable: "true",
      svc_enable: "false",
    });
  });

  it("lets one controller at a time have it", () => {
    expect(environment["vip_leaderelection"]).toBe("true");
    const [lease, deadline, retry] = ["vip_leaseduration", "vip_renewdeadline", "vip_retryperiod"].map((name) =>
      Number(environment[name]),
    );
    expect(lease).toBeGreaterThan(deadline ?? Infinity);
    expect(deadline).toBeGreaterThan(retry ?? Infinity);
  });

  it("asks the API server of its own node, by a name that this one's certificate has", () => {
    expect(spec.hostAliases).toEqual([{ ip: "127.0.0.1", hostnames: ["kubernetes"] }]);
    expect(spec.hostNetwork).toBe(true);
  });

  it("finds the credentials where the script that installs it puts them", () => {
    const path = "/etc/kubernetes/admin.conf";
    expect(spec.volumes).toEqual([{ name: "kubeconfig", hostPath: { path, type: "File" } }]);
    expect(container?.volumeMounts).toEqual([{ name: "kubeconfig", mountPath: path, readOnly: true }]);
  });

  it("may do what moving an address needs, and no more", () => {
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"], add: ["NET_ADMIN", "NET_RAW"] },
    });
  });
});
