import { z } from "zod";
import { cidr, cidrList, ipv4Address } from "./primitives.js";

export const openStackNetworkSchema = z.strictObject({
  nodeCidr: cidr
    .default("10.0.0.0/22")
    .describe("Network of the nodes. Its first 64 addresses are reserved for fixed ones."),
  podCidr: cidr
    .default("10.2.0.0/16")
    .describe("Network of the pods, inside the overlay. Each node takes a /24 of it."),
  serviceCidr: cidr.default("10.3.0.0/16").describe("Network of Kubernetes services."),
  cni: z
    .enum(["calico", "canal", "flannel"])
    .default("calico")
    .describe("Pod network. Flannel enforces no NetworkPolicy, so production refuses it."),
  apiAllowedCidrs: cidrList.describe(
    "Who may reach the Kubernetes API from outside. No default: nothing is open unless you say so.",
  ),
  sshAllowedCidrs: cidrList
    .default([])
    .describe("Who may reach the nodes by SSH. Default: nobody; nodes need no SSH to come up."),
  ingressAllowedCidrs: cidrList.optional().describe("Who may reach the ingress. Default: the `apiAllowedCidrs`."),
  dnsServers: z
    .array(ipv4Address)
    .default([])
    .describe("DNS servers of the nodes. Default: those of the cloud's network service."),
});

export const eksNetworkSchema = z.strictObject({
  serviceCidr: cidr
    .default("172.20.0.0/16")
    .describe("Network of Kubernetes services. Pods take addresses of the VPC."),
  ingressAllowedCidrs: cidrList
    .optional()
    .describe("Who may reach the ingress. Default: the `provider.endpoint.allowedCidrs`."),
});
