import type { EksNodeFacts } from "../../../src/bootstrap/eks/node-facts.js";

export const eksNode: EksNodeFacts = {
  clusterName: "demo",
  endpoint: "https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com",
  certificateAuthority: "PGNlcnRpZmljYXRlIGF1dGhvcml0eT4=",
  serviceCidr: "172.20.0.0/16",
  pool: {
    name: "spot",
    labels: { "example.com/team": "search", workload: "batch" },
    taints: [
      { key: "workload", value: "batch", effect: "NoSchedule" },
      { key: "workload", value: "batch", effect: "NoExecute" },
      { key: "example.com/slow-start", effect: "PreferNoSchedule" },
    ],
  },
};

export const eksNodeWithMirror: EksNodeFacts = { ...eksNode, mirror: "registry.example.com:5000/kaas" };
