import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { parse as parseToml } from "smol-toml";
import { parse } from "yaml";
import { nodeadmUserData } from "../../../src/bootstrap/eks/nodeadm.js";
import type { EksNodeFacts } from "../../../src/bootstrap/eks/node-facts.js";
import { kernelSettingsFile } from "../../../src/bootstrap/node/kernel.js";
import { commonKubeletSettings } from "../../../src/bootstrap/node/kubelet.js";
import { eksNode, eksNodeWithMirror } from "../support/eks-nodes.js";

/** The parts by their type, read as RFC 2046 has them. */
function partsOf(facts: EksNodeFacts): Readonly<Record<string, string>> {
  const [header = "", ...rest] = nodeadmUserData(facts).split("\n\n");
  const boundary = /^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; boundary="([^"]+)"$/.exec(header)?.[1];
  if (boundary === undefined) throw new Error(`no header of several parts: ${header}`);
  const body = `\n${rest.join("\n\n")}`;
  const [, ...parts] = body.split(`\n--${boundary}`);
  expect(parts.at(-1)).toBe("--\n");
  return Object.fromEntries(
    parts.slice(0, -1).map((part) => {
      const [, type = "", text = ""] = /^\nContent-Type: ([^\n]+)\n\n(.*)$/s.exec(part) ?? [];
      return [type.split(";")[0] ?? "", text];
    }),
  );
}

const nodeConfig = (facts: EksNodeFacts) =>
  parse(partsOf(facts)["application/node.eks.aws"] ?? "") as {
    readonly apiVersion: string;
    readonly kind: string;
    readonly spec: {
      readonly cluster: Readonly<Record<string, string>>;
      readonly kubelet: { readonly config: Readonly<Record<string, unknown>>; readonly flags: readonly string[] };
    };
  };

describe("a node of Amazon Linux 2023", () => {
  const { apiVersion, kind, spec } = nodeConfig(eksNode);

  it("joins the cluster", () => {
    expect({ apiVersion, kind }).toEqual({ apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig" });
    expect(spec.cluster).toEqual({
      name: eksNode.clusterName,
      apiServerEndpoint: eksNode.endpoint,
      certificateAuthority: eksNode.certificateAuthority,
      cidr: eksNode.serviceCidr,
    });
  });

  it("has its pool's labels, and which pool it is", () => {
    expect(spec.kubelet.flags).toEqual(["--node-labels=example.com/team=search,workload=batch,kaas/pool=spot"]);
  });

  it("has its pool's taints, and nothing for none", () => {
    expect(spec.kubelet.config["registerWithTaints"]).toEqual([
      { key: "workload", value: "batch", effect: "NoSchedule" },
      { key: "workload", value: "batch", effect: "NoExecute" },
      { key: "example.com/slow-start", effect: "PreferNoSchedule" },
    ]);
    const untainted = nodeConfig({ ...eksNode, pool: { ...eksNode.pool, taints: [] } });
    expect(untainted.spec.kubelet.config).not.toHaveProperty("registerWithTaints");
  });

  it("has the kubelet's settings that nodes of OpenStack have", () => {
    expect(spec.kubelet.config).toMatchObject(commonKubeletSettings);
  });

  it("says itself how many pods it takes, what it keeps from them, and what nodeadm decides for its system", () => {
    const decided = /^(maxPods|.*[rR]eserved|evictionHard|cgroupDriver|clusterDNS|protectKernelDefaults)$/;
    expect(Object.keys(spec.kubelet.config).filter((setting) => decided.test(setting))).toEqual([]);
  });

  it("is told what Terraform alone knows as Terraform wrote it, and nothing else is a template to it", () => {
    const expressions = { endpoint: "${TfToken[TOKEN.1]}", certificateAuthority: "${a.b[0].data}" };
    const facts = { ...eksNodeWithMirror, ...expressions };
    expect(nodeadmUserData(facts).match(/[$%]\{[^}]*\}/g)).toEqual(Object.values(expressions));
    expect(nodeConfig(facts).spec.cluster).toMatchObject({ apiServerEndpoint: expressions.endpoint });
  });
});

describe("the script of a node of Amazon Linux 2023", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "kaas-nodeadm-"));
    for (const folder of ["etc/sysctl.d", "bin"]) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, "bin/sysctl"), '#!/bin/bash\necho "$@"\n', { mode: 0o755 });
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** Runs it with its files below the root, and returns what it printed. */
  function run(facts: EksNodeFacts): string {
    const script = (partsOf(facts)["text/x-shellscript"] ?? "").replaceAll("/etc/", `${root}/etc/`);
    return execFileSync("bash", ["-c", script], {
      env: { PATH: `${root}/bin:/usr/bin:/bin` },
      stdio: "pipe",
    }).toString();
  }

  it("gives the kernel the settings that nodes of OpenStack have, after Amazon's own", () => {
    const file = join(root, "etc/sysctl.d/99-zz-kaas.conf");
    expect(run(eksNode)).toBe(`--quiet --load=${file}\n`);
    expect(readFileSync(file, "utf8")).toBe(kernelSettingsFile());
    expect(["99-sysctl.conf", "99-zz-kaas.conf"]).toEqual(["99-zz-kaas.conf", "99-sysctl.conf"].sort());
  });

  it("tells containerd of the mirror where there is one, below which the registry's own paths are", () => {
    run(eksNodeWithMirror);
    const hosts = readFileSync(join(root, "etc/containerd/certs.d/quay.io/hosts.toml"), "utf8");
    expect(parseToml(hosts)).toEqual({
      host: {
        "https://registry.example.com:5000/v2/kaas/quay.io": { capabilities: ["pull", "resolve"], override_path: true },
      },
    });
  });
});
