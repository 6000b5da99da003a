import { authServiceAddress } from "../../../src/config/address-plan.js";
import { Cidr } from "../../../src/lib/cidr.js";
import { eventually } from "./eventually.js";
import { type KubernetesCluster } from "./kubernetes-cluster.js";
import { type NodeHost } from "./node-host.js";
import { type NodeNetwork } from "./node-network.js";

/** The token that is alice's. She may do everything in the namespace `team`. */
export const ALICE_TOKEN = "kaas_of-alice";

export interface WebhookRequest {
  /** Common name of the client's certificate. */
  readonly client: string;
  /** Whether that is of the authority of kubernetes-auth. */
  readonly trusted: boolean;
  readonly review: { readonly apiVersion: string; readonly kind: string; readonly spec: { readonly user?: string } };
}

const REQUESTS = "/var/log/requests";
const SERVER = `
const { appendFileSync, readFileSync } = require("node:fs");
const [ca, cert, key] = ["ca.crt", "server.crt", "server.key"].map((name) => readFileSync("/root/" + name));
const answers = {
  TokenReview: ({ token }) =>
    token === "${ALICE_TOKEN}" ? { authenticated: true, user: { username: "alice" } } : { authenticated: false },
  SubjectAccessReview: ({ resourceAttributes }) => ({ allowed: resourceAttributes?.namespace === "team" }),
};
const server = require("node:https").createServer({ ca, cert, key, requestCert: true }, (request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    const review = JSON.parse(body);
    const client = request.socket.getPeerCertificate().subject?.CN;
    const [path] = request.url.split("?");
    appendFileSync("${REQUESTS}", JSON.stringify([path, { client, trusted: request.socket.authorized, review }]) + "\\n");
    const { apiVersion, kind, spec } = review;
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ apiVersion, kind, status: answers[kind](spec) }));
  });
});
server.listen(8443);
`;

/** Stands in for kubernetes-auth, with its certificate: it knows one token, and writes down what it is asked and by whom. */
export class KubernetesAuth {
  private constructor(
    readonly node: NodeHost,
    /** Of its service in the cluster that hosts it; the node that answers there has it too. */
    readonly serviceAddress: string,
  ) {}

  static async start(network: NodeNetwork, { config, bundle }: KubernetesCluster): Promise<KubernetesAuth> {
    const address = Cidr.parse(config.network.nodeCidr).at(-3);
    const serviceAddress = authServiceAddress(config.network.serviceCidr);
    const node = network.addNode({ name: "auth", address, programs: { "/opt/bin/node": process.execPath } });
    node.writeFile("/root/ca.crt", bundle.authorities.auth.certificate);
    node.writeFile("/root/server.crt", bundle.authServer?.certificate ?? "");
    node.writeFile("/root/server.key", bundle.authServer?.key ?? "", 0o600);
    await node.boot();
    await node.run("ip", ["address", "add", `${serviceAddress}/32`, "dev", "lo"]);
    node.start("node", ["--eval", SERVER], "/var/log/kubernetes-auth.log");
    await eventually(() => node.run("bash", ["-c", ": </dev/tcp/127.0.0.1/8443"]));
    return new KubernetesAuth(node, serviceAddress);
  }

  /** What it was asked at a path, in order. */
  requests(path: string): readonly WebhookRequest[] {
    const lines = this.node.readFile(REQUESTS).trimEnd().split("\n");
    const requests = lines.map((line) => JSON.parse(line) as [string, WebhookRequest]);
    return requests.filter(([asked]) => asked === path).map(([, request]) => request);
  }
}
