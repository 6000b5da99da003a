import { parseAllDocuments } from "yaml";
import { API_PORT } from "../../../src/config/host-names.js";
import { eventually } from "../support/eventually.js";
import { type NodeHost } from "../support/node-host.js";
import { type NodeProcess } from "../support/node-process.js";
import { type ManifestFile } from "./manifests.js";
import { type Person } from "./person.js";

/** Where Kubernetes mounts what a pod's service account is known by. */
const ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
const LOG = "/var/log/prometheus-operator.log";
const METRICS = "http://127.0.0.1:8080/metrics";

interface OperatorDeployment {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly serviceAccountName: string;
        readonly containers: readonly [{ readonly args: readonly string[] }];
      };
    };
  };
}

/**
 * The Prometheus Operator: a program on a machine of the node network, which takes itself for the pod of its Deployment. It has the
 * arguments of that, signs in with a token of its service account, and may do what this may.
 */
export class PrometheusOperator {
  private constructor(
    private readonly host: NodeHost,
    private readonly program: NodeProcess,
  ) {}

  /**
   * @param host has the program `operator`, and may reach the API server by the name that is given
   * @param as who may make tokens for it
   */
  static async start(
    host: NodeHost,
    as: Person,
    apiHost: string,
    files: readonly ManifestFile[],
  ): Promise<PrometheusOperator> {
    const { metadata, spec } = deploymentOf(files);
    const [{ args }] = spec.template.spec.containers;
    const { namespace } = metadata;
    const token = await as.do(["create", "token", spec.template.spec.serviceAccountName, "--namespace", namespace]);
    const ca = await as.do(["get", "configmap", "kube-root-ca.crt", "--namespace", namespace, "--output", ROOT]);
    await host.run("mkdir", ["--parents", ACCOUNT]);
    for (const [name, text] of Object.entries({ token: token.trimEnd(), "ca.crt": ca, namespace })) {
      await host.run("tee", [`${ACCOUNT}/${name}`], { input: text });
    }
    const program = host.start("operator", args, LOG, {
      KUBERNETES_SERVICE_HOST: apiHost,
      KUBERNETES_SERVICE_PORT: `${API_PORT}`,
    });
    const operator = new PrometheusOperator(host, program);
    await eventually(() => operator.metrics(), 60);
    return operator;
  }

  /** How many resources of each kind it found wanting, by kind. */
  async rejected(): Promise<Readonly<Record<string, number>>> {
    return this.managed("rejected");
  }

  /** How many resources of each kind it took up, by kind. */
  async selected(): Promise<Readonly<Record<string, number>>> {
    return this.managed("selected");
  }

  /** What it had to say. */
  get log(): string {
    return this.host.readFile(LOG);
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }

  private async managed(state: string): Promise<Readonly<Record<string, number>>> {
    const sums: Record<string, number> = {};
    const pattern = /^prometheus_operator_managed_resources\{(.*)\} (\d+)$/gm;
    for (const [, labels = "", count = ""] of (await this.metrics()).matchAll(pattern)) {
      const resource = /resource="(\w+)"/.exec(labels)?.[1] ?? "";
      if (labels.includes(`state="${state}"`)) sums[resource] = (sums[resource] ?? 0) + Number(count);
    }
    return sums;
  }

  private async metrics(): Promise<string> {
    if (!this.program.isRunning) throw new Error(`the operator has ended:\n${this.log.slice(-6000)}`);
    return this.host.run("curl", ["--silent", "--fail", METRICS]);
  }
}

const ROOT = "jsonpath={.data.ca\\.crt}";

function deploymentOf(files: readonly ManifestFile[]): OperatorDeployment {
  const deployment = files
    .flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as OperatorDeployment | null))
    .find((object) => object?.kind === "Deployment" && object.metadata.name === "prometheus-operator");
  if (deployment == null) throw new Error("no chart has the Prometheus Operator");
  return deployment;
}
