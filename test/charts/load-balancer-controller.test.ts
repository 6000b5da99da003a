import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { LoadBalancerControllerChart } from "../../charts/load-balancer-controller/load-balancer-controller-chart.js";
import { MANAGED_NAMESPACE_LABEL } from "../../charts/shared/labels.js";
import { awsIdentities } from "../../src/config/aws-identities.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { clusterFlows } from "../../src/eks/flows.js";
import { loadBalancerControllerPolicy } from "../../src/eks/policies/load-balancer-controller.js";
import { definitionsLock } from "../../charts/crds/lock.js";
import { eks } from "../support/bootstraps.js";
import { ofKind } from "./manifests.js";
import { webhooksOf } from "./webhook-manifests.js";
import { find, type Manifest } from "./workload-manifests.js";

const NAME = "aws-load-balancer-controller";
const cluster = plannedCluster(eks({ cluster: { tags: { team: "a b", stage: "test" } } }));
const manifests = Testing.synth(new LoadBalancerControllerChart(Testing.app(), "chart", cluster)) as Manifest[];
const deployment = find(manifests, "Deployment");
const [container] = deployment.spec.template.spec.containers;

describe("the AWS load balancer controller", () => {
  it("runs twice, as the account that its role is for", () => {
    const { namespace, name } = awsIdentities["load-balancer-controller"];
    expect(deployment.metadata).toMatchObject({ namespace, name });
    expect(deployment.spec.replicas).toBe(2);
    expect(deployment.spec.template.spec["serviceAccountName"]).toBe(name);
  });

  it("is of the release that its definitions are from", () => {
    expect(container?.image).toBe(`public.ecr.aws/eks/aws-load-balancer-controller:v${definitionsLock[NAME].version}`);
  });

  it("is told what it cannot ask the node for", () => {
    expect(container?.args).toEqual(
      expect.arrayContaining([
        "--cluster-name=demo",
        "--aws-region=eu-central-1",
        `--aws-vpc-id=${cluster.outputs.vpcId}`,
        "--default-target-type=instance",
      ]),
    );
  });

  it("tags what it makes as the cluster's own resources are tagged", () => {
    expect(container?.args).toContain("--default-tags=kaas.cluster=demo,team=a b,stage=test");
  });

  it.each(["waf", "wafv2", "shield"])("leaves %s alone, which its role may not ask for", (service) => {
    const facts = { partition: "aws", region: "eu-central-1", accountId: "123456789012", clusterName: "demo" };
    const actions = loadBalancerControllerPolicy(facts, "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-1").flatMap(
      (statement) => statement.actions,
    );
    expect(actions.filter((action) => action.startsWith(service))).toEqual([]);
    expect(container?.args).toContain(`--enable-${service}=false`);
  });

  it("asks for no kind of the Gateway API, which it may not read", () => {
    expect(container?.args).toContain("--feature-gates=ALBGatewayAPI=false,NLBGatewayAPI=false");
    const rules = find(manifests, "ClusterRole").rules as unknown as readonly { readonly apiGroups: string[] }[];
    expect(rules.flatMap(({ apiGroups }) => apiGroups).filter((group) => group.includes("gateway"))).toEqual([]);
  });

  it("may read no Secret", () => {
    const rules = find(manifests, "ClusterRole").rules as unknown as readonly { readonly resources: string[] }[];
    expect(rules.flatMap(({ resources }) => resources)).not.toContain("secrets");
  });

  it("reaches the API server, the agent of its identity and AWS, and is reached by nodes and Prometheus", () => {
    const policies = ofKind(manifests, "NetworkPolicy").map(({ metadata }) => metadata.name);
    expect(policies.filter((name) => name.startsWith(NAME)).sort()).toEqual([
      `${NAME}-from-nodes-9443`,
      `${NAME}-from-prometheus-k8s`,
      `${NAME}-to-api-server`,
      `${NAME}-to-aws`,
      `${NAME}-to-pod-identity-agent`,
    ]);
  });
});

describe("its webhooks", () => {
  const webhooks = webhooksOf(manifests);

  it("are asked on a port that the control plane reaches, through its Service", () => {
    const { metadata, spec } = find(manifests, "Service");
    for (const { clientConfig } of webhooks) {
      expect(clientConfig.service).toMatchObject({ name: metadata.name, namespace: metadata.namespace, port: 443 });
    }
    const target = spec.ports?.find(({ port }) => port === 443)?.targetPort;
    expect(container?.ports).toContainEqual({ name: target, containerPort: 9443 });
    expect(container?.args).toContain("--webhook-bind-port=9443");
    const ports = clusterFlows(cluster.config)
      .filter(({ from }) => from.some((end) => "group" in end && end.group === "control-plane"))
      .map((flow) => flow.ports);
    expect(ports).toContainEqual([9443, 9443]);
  });

  it("show the certificate that the API server is told to trust", () => {
    const certificate = find(manifests, "Certificate");
    const { secretName, dnsNames } = certificate.spec as unknown as {
      readonly secretName: string;
      readonly dnsNames: readonly string[];
    };
    expect(dnsNames).toContain(`${NAME}.rackspace-system.svc`);
    for (const kind of ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]) {
      expect(find(manifests, kind).metadata.annotations).toEqual({
        "cert-manager.io/inject-ca-from": `rackspace-system/${certificate.metadata.name}`,
      });
    }
    expect(deployment.spec.template.spec).toMatchObject({
      volumes: [{ name: "certificate", secret: { secretName } }],
      containers: [{ volumeMounts: [{ name: "certificate", mountPath: "/certificate" }] }],
    });
    expect(container?.args).toContain("--webhook-cert-dir=/certificate");
  });

  const others = webhooks.filter(({ rules }) => rules.some(({ apiGroups }) => !apiGroups.includes("elbv2.k8s.aws")));

  it.each(others.map((webhook) => [webhook.name, webhook] as const))(
    "leave managed namespaces alone: %s",
    (_name, { namespaceSelector }) => {
      expect(namespaceSelector?.matchExpressions).toContainEqual({
        key: MANAGED_NAMESPACE_LABEL,
        operator: "NotIn",
        values: ["true"],
      });
    },
  );

  it("have users' pods wait for an answer only where a namespace asked for something", () => {
    const ofPods = others.filter(({ rules }) => rules.some(({ resources }) => resources.includes("pods")));
    expect(ofPods.length).toBeGreaterThan(0);
    for (const { namespaceSelector } of ofPods) {
      expect(namespaceSelector?.matchExpressions.filter(({ operator }) => operator === "In")).toHaveLength(1);
    }
  });

  it("have no Service wait that wants no balancer, and no Ingress", () => {
    const of = (resource: string) =>
      others.filter(({ rules }) => rules.some(({ resources }) => resources.includes(resource)));
    expect(of("services")).toMatchObject([
      { failurePolicy: "Fail", matchConditions: [{ expression: 'object.spec.type == "LoadBalancer"' }] },
    ]);
    expect(of("ingresses")).toMatchObject([{ failurePolicy: "Ignore" }]);
  });
});
