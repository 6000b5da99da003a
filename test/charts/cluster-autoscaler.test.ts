import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { chartsOf } from "../../charts/charts-of.js";
import { ClusterAutoscalerChart } from "../../charts/cluster-autoscaler/cluster-autoscaler-chart.js";
import { jobs } from "../../src/alerting/jobs.js";
import { awsIdentities } from "../../src/config/aws-identities.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { minorOf } from "../../src/lib/minor-version.js";
import { clusterAutoscalerPolicy } from "../../src/eks/policies/cluster-autoscaler.js";
import { eksReleases } from "../../src/versions/catalogue.js";
import { eks, openStack } from "../support/bootstraps.js";
import { ofKind } from "./manifests.js";
import { find, type Manifest } from "./workload-manifests.js";

const manifestsOf = (config = eks()) =>
  Testing.synth(new ClusterAutoscalerChart(Testing.app(), "chart", { config })) as Manifest[];
const manifests = manifestsOf();
const deployment = find(manifests, "Deployment");
const [container] = deployment.spec.template.spec.containers;

describe("the cluster autoscaler", () => {
  it("runs as the account that its role is for", () => {
    const { namespace, name } = awsIdentities["cluster-autoscaler"];
    expect(deployment.metadata).toMatchObject({ namespace, name });
    expect(deployment.spec.template.spec["serviceAccountName"]).toBe(name);
  });

  it.each(eksReleases().map(({ version }) => version))("is of Kubernetes' own minor version: %s", (version) => {
    const [image] = find(manifestsOf(eks({ cluster: { kubernetes: version } })), "Deployment").spec.template.spec
      .containers;
    expect(image?.image).toMatch(`registry.k8s.io/autoscaling/cluster-autoscaler:v${minorOf(version)}.`);
  });

  it("finds the groups by a tag without which its role may not resize them", () => {
    const facts = { partition: "aws", region: "eu-central-1", accountId: "123456789012", clusterName: "demo" };
    const [tag = ""] = clusterAutoscalerPolicy(facts)
      .flatMap(({ conditions = {} }) => Object.values(conditions))
      .flatMap((condition) => Object.keys(condition));
    const discovery = container?.args?.find((argument) => argument.startsWith("--node-group-auto-discovery="));
    expect(discovery).toBe(
      `--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,${tag.replace("aws:ResourceTag/", "")}`,
    );
  });

  it("is told its region, since a pod cannot ask its node", () => {
    expect(container).toMatchObject({ env: [{ name: "AWS_REGION", value: "eu-central-1" }] });
  });

  it("lets one pod work at a time, by a lease and a state that it may keep in its own namespace", () => {
    expect(deployment.spec.replicas).toBe(2);
    expect(container?.args).toContain("--namespace=rackspace-system");
    const { metadata, rules } = find(manifests, "Role");
    expect(metadata.namespace).toBe("rackspace-system");
    expect(rules).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ resources: ["leases"], resourceNames: ["cluster-autoscaler"] }),
        expect.objectContaining({ resources: ["configmaps"], resourceNames: ["cluster-autoscaler-status"] }),
      ]),
    );
  });

  it("reaches the API server, the agent of its identity and AWS", () => {
    const policies = ofKind(manifests, "NetworkPolicy").map(({ metadata }) => metadata.name);
    expect(policies.filter((name) => name.startsWith("cluster-autoscaler-to-")).sort()).toEqual([
      "cluster-autoscaler-to-api-server",
      "cluster-autoscaler-to-aws",
      "cluster-autoscaler-to-pod-identity-agent",
    ]);
  });

  it("tells its metrics to the job that alerts name", () => {
    expect(find(manifests, "ServiceMonitor").spec).toMatchObject({ endpoints: [{ port: "http" }] });
    expect(find(manifests, "Service").metadata.labels).toMatchObject({ "k8s-app": jobs.clusterAutoscaler });
    expect(container?.ports).toContainEqual({ name: "http", containerPort: 8085 });
  });

  it("is on EKS alone", () => {
    const charts = (cluster: Parameters<typeof chartsOf>[0]) =>
      chartsOf(cluster).map((make) => make(Testing.app()).node.id);
    expect(charts(plannedCluster(eks()))).toContain("cluster-autoscaler");
    expect(charts(plannedCluster(openStack()))).not.toContain("cluster-autoscaler");
  });
});
