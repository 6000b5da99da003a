import { describe, expect, test } from "@jest/globals";
import { MOTO_ACCOUNT } from "../support/moto.js";
import {
  failures,
  findingsOf,
  ofCheck,
  REGION,
  usePreflightProject,
  type Findings,
} from "../support/preflight-project.js";

const project = usePreflightProject();

const states = ({ findings }: Findings) => Object.fromEntries(findings.map(({ check, state }) => [check, state]));

describe("an account with room", () => {
  test("is found good, and what moto's quotas do not hold is unknown, never ok", async () => {
    const outcome = await project().preflight();
    expect(outcome.exitCode).toBe(0);
    expect(states(outcome)).toEqual({
      account: "ok",
      "admin roles": "ok",
      region: "ok",
      zones: "ok",
      "cluster name": "ok",
      "role names": "ok",
      "Kubernetes version": expect.stringMatching(/unknown|warning/),
      "instance types": "ok",
      "quota: VPCs": "ok",
      "quota: internet gateways": "ok",
      "quota: NAT gateways in eu-central-1a": "ok",
      "quota: NAT gateways in eu-central-1b": "ok",
      "quota: elastic IPs": "unknown",
      "quota: on-demand standard vCPUs": "unknown",
      "quota: gp3 storage in TiB": "unknown",
      "quota: EKS clusters": "unknown",
      "quota: node groups per cluster": "unknown",
      "quota: nodes per node group": "unknown",
      "quota: S3 buckets": "unknown",
      "quota: IAM roles": "ok",
    });
    expect(ofCheck(outcome, "quota: elastic IPs")).toEqual([
      {
        check: "quota: elastic IPs",
        state: "unknown",
        path: "provider.nat",
        reckoning: "2 for NAT gateways, 2 for ingress",
        message: "needs 4; the quota is not known: AWS does not say (NoSuchResourceException)",
      },
    ]);
  });

  test("is told as a table", async () => {
    project().writeBootstrap();
    const { exitCode, stdout, stderr } = await project().onDay("2026-11-21");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain(`preflight of cloud: 8 unknown, 12 ok

CHECK                                 STATE
account                               ok       123456789012, asked as
                                               arn:aws:sts::123456789012:user/moto
admin roles                           ok       of account 123456789012, and there
region                                ok       eu-central-1 is enabled
zones                                 ok       eu-central-1a, eu-central-1b are available
cluster name                          ok       cloud is free in eu-central-1
role names                            ok       all 9 are free
`);
    expect(stdout).toContain("\nquota: VPCs                           ok       needs 1, 1 of 5 in use\n");
  });

  test("may hold the cluster already: what is there need not be made again", async () => {
    await useUpVpcs(3);
    const tags = { "TagSpecification.1.ResourceType": "vpc", "TagSpecification.1.Tag.1.Key": "kaas.cluster" };
    await createVpc("10.9.0.0/16", { ...tags, "TagSpecification.1.Tag.1.Value": "cloud" });
    const outcome = await project().preflight();
    expect(outcome.exitCode).toBe(0);
    expect(ofCheck(outcome, "quota: VPCs")).toMatchObject([
      { state: "ok", message: "needs 1, 1 of them there, 5 of 5 in use" },
    ]);
  });
});

async function createVpc(cidr: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  await project().moto.call("ec2", REGION, { Action: "CreateVpc", CidrBlock: cidr, ...more });
}

/** Beside the default one, which every account has. */
async function useUpVpcs(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await createVpc(`10.${index}.0.0/16`);
}

describe("too small a quota", () => {
  test("is told with its arithmetic, and with the command that asks for more", async () => {
    await useUpVpcs(4);
    const outcome = await project().preflight();
    expect(outcome.exitCode).toBe(2);
    expect(failures(outcome)).toEqual([
      {
        check: "quota: VPCs",
        state: "failure",
        message: "needs 1, 5 of 5 in use: 1 too few",
        path: "provider.vpcCidr",
        expected: "a quota of at least 6",
        remedy:
          "give back what is not needed, or ask AWS for more, which can take days: aws service-quotas " +
          "request-service-quota-increase --region eu-central-1 --service-code vpc --quota-code L-F678F1CE --desired-value 6",
      },
    ]);
  });

  test("is printed with place, problem, expectation and remedy", async () => {
    await useUpVpcs(4);
    project().writeBootstrap();
    const { exitCode, stdout } = await project().validate({});
    expect(exitCode).toBe(2);
    expect(stdout).toContain("quota: VPCs                           failure  needs 1, 5 of 5 in use: 1 too few\n");
    expect(stdout).toContain(`
  failure  quota: VPCs  provider.vpcCidr
    problem:  needs 1, 5 of 5 in use: 1 too few
    expected: a quota of at least 6
    remedy:   give back what is not needed, or ask AWS for more, which can take days: aws service-quotas request-`);
  });

  test("counts NAT gateways in the zone that they are in", async () => {
    const subnets = await project().moto.call("ec2", REGION, { Action: "DescribeSubnets" });
    const inB = /<subnetId>(?<id>[^<]+)<\/subnetId>(?:(?!<subnetId>).)*<availabilityZone>eu-central-1b</s;
    const subnet = inB.exec(subnets.replace(/<\/?item>/g, ""))?.groups?.["id"] ?? "";
    for (let index = 0; index < 5; index += 1) {
      await project().moto.call("ec2", REGION, {
        Action: "CreateNatGateway",
        SubnetId: subnet,
        ConnectivityType: "private",
      });
    }
    const outcome = await project().preflight();
    expect(failures(outcome)).toMatchObject([
      { check: "quota: NAT gateways in eu-central-1b", message: "needs 1, 5 of 5 in use: 1 too few" },
    ]);
  });
});

describe("instance types", () => {
  test("must be offered in every zone", async () => {
    const outcome = await project().preflight({
      zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
      workers: "workers: [{ name: default, instanceTypes: [m7i.xlarge, m5zn.xlarge] }]\n",
    });
    expect(outcome.exitCode).toBe(2);
    expect(failures(outcome)).toEqual([
      {
        check: "instance types",
        state: "failure",
        message: "m5zn.xlarge is not offered in eu-central-1c",
        path: "workers[0].instanceTypes[1]",
        value: "m5zn.xlarge",
        expected: "a type that eu-central-1a, eu-central-1b, eu-central-1c offer",
        remedy: "choose another type, or zones that offer this one: eu-central-1a, eu-central-1b",
      },
    ]);
  });

  test("must be there, and what they cost of a quota is unknown otherwise", async () => {
    const outcome = await project().preflight({ workers: "workers: [{ name: default, instanceTypes: [m7i.huge] }]\n" });
    expect(outcome.exitCode).toBe(2);
    expect(failures(outcome)).toEqual([
      {
        check: "instance types",
        state: "failure",
        message: "m7i.huge is no instance type of eu-central-1",
        path: "workers[0].instanceTypes[0]",
        value: "m7i.huge",
        expected: "a type that EC2 has there",
        remedy: "see them: aws ec2 describe-instance-type-offerings --region eu-central-1",
      },
    ]);
    expect(ofCheck(outcome, "quota: on-demand standard vCPUs")).toMatchObject([
      { state: "unknown", message: "what the plan needs is not known: an instance type's size is not" },
    ]);
  });

  test("are multiplied by the nodes, those of an update among them", async () => {
    const outcome = await project().preflight({
      workers: `workers:
  - { name: default, instanceTypes: [m7i.large, m7i.2xlarge], count: 3, maxCount: 20 }
  - { name: spot, instanceTypes: [m7g.xlarge], capacity: spot, count: 2 }
`,
    });
    expect(ofCheck(outcome, "quota: on-demand standard vCPUs")).toMatchObject([
      { message: expect.stringMatching(/^needs 200; /), reckoning: "25 nodes of 8, those of an update among them" },
    ]);
    expect(ofCheck(outcome, "quota: spot standard vCPUs")).toMatchObject([
      { message: expect.stringMatching(/^needs 24; /), reckoning: "6 nodes of 4, those of an update among them" },
    ]);
  });
});

describe("machine images of the user's", () => {
  const withImage = (id: string) => ({
    workers: `workers: [{ name: default, instanceTypes: [m7i.xlarge], ami: { id: ${id} } }]\n`,
  });

  test("must be there", async () => {
    const outcome = await project().preflight(withImage("ami-0123456789abcdef0"));
    expect(outcome.exitCode).toBe(2);
    expect(failures(outcome)).toEqual([
      {
        check: "machine images",
        state: "failure",
        message: "ami-0123456789abcdef0 is no image that this account may use in eu-central-1",
        path: "workers[0].ami.id",
        value: "ami-0123456789abcdef0",
        expected: "an image of the region, the account's own or shared with it",
        remedy: "copy it there (aws ec2 copy-image --region eu-central-1 …), or have it shared",
      },
    ]);
  });

  test("must be for the processors of the group", async () => {
    const outcome = await project().preflight(withImage("ami-0e9271c829888680e"));
    expect(failures(outcome)).toMatchObject([
      { message: "ami-0e9271c829888680e is for arm64", expected: expect.stringContaining("an image for x86_64") },
    ]);
    const good = await project().preflight(withImage("ami-04681a1dbd79675a5"));
    expect(ofCheck(good, "machine images")).toMatchObject([{ state: "ok" }]);
  });
});

describe("the account", () => {
  test("must be the one that the cluster belongs to", async () => {
    const provider = `accountId: "999999999999"
  adminRoleArns: ["arn:aws:iam::999999999999:role/platform"]`;
    const outcome = await project().preflight({ provider });
    expect(outcome).toEqual({
      exitCode: 2,
      findings: [
        {
          check: "account",
          state: "failure",
          message:
            "the credentials are of account 123456789012, the cluster belongs to 999999999999; nothing else was asked",
          path: "provider.accountId",
          value: "999999999999",
          expected: "credentials of account 999999999999",
          remedy: "name a profile of that account in AWS_PROFILE, or correct `provider.accountId`",
        },
      ],
    });
  });

  test("may hold no other cluster of the name", async () => {
    const { EKSClient, CreateClusterCommand } = await import("@aws-sdk/client-eks");
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const eks = new EKSClient({ region: REGION, endpoint: project().moto.endpoint, credentials });
    const cluster = (tags: Record<string, string>) =>
      new CreateClusterCommand({
        name: "cloud",
        version: "1.35",
        roleArn: `arn:aws:iam::${MOTO_ACCOUNT}:role/eks`,
        resourcesVpcConfig: {},
        tags,
      });
    await eks.send(cluster({ owner: "somebody" }));
    const foreign = await project().preflight();
    expect(foreign.exitCode).toBe(2);
    expect(failures(foreign)).toEqual([
      {
        check: "cluster name",
        state: "failure",
        message: "cloud is a cluster in eu-central-1 that kaasctl did not make",
        path: "cluster.name",
        value: "cloud",
        expected: "a name that no other cluster of the account has in the region",
        remedy: "choose another name",
      },
    ]);
    await project().moto.reset();
    await eks.send(cluster({ "kaas.cluster": "cloud" }));
    const own = await project().preflight();
    expect(ofCheck(own, "cluster name")).toEqual([
      {
        check: "cluster name",
        state: "ok",
        message: "cloud is there, with Kubernetes 1.35, ACTIVE: a plan changes it",
      },
    ]);
    eks.destroy();
  });
});

describe("the region", () => {
  test("must be one of AWS's", async () => {
    const outcome = await project().preflight({ region: "eu-centrall-1" });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.findings).toHaveLength(3);
    expect(ofCheck(outcome, "region")).toEqual([
      {
        check: "region",
        state: "failure",
        message: "AWS has no region eu-centrall-1; nothing else was asked",
        path: "provider.region",
        value: "eu-centrall-1",
        expected: "a region that the account may use",
        remedy: "did you mean eu-central-1?",
      },
    ]);
  });

  test("must be opted in to", async () => {
    const outcome = await project().preflight({ region: "ap-east-1" });
    expect(outcome.exitCode).toBe(2);
    expect(ofCheck(outcome, "region")).toEqual([
      {
        check: "region",
        state: "failure",
        message: "the account has not opted in to ap-east-1; nothing else was asked",
        path: "provider.region",
        value: "ap-east-1",
        expected: "a region that the account may use",
        remedy: "enable it, which takes minutes: aws account enable-region --region-name ap-east-1; or choose another",
      },
    ]);
  });

  test("must have the zones, for the account", async () => {
    const outcome = await project().preflight({ zones: ["eu-central-1a", "eu-central-1f"] });
    expect(outcome.exitCode).toBe(2);
    expect(ofCheck(outcome, "zones")).toEqual([
      {
        check: "zones",
        state: "failure",
        message: "eu-central-1f is no zone of eu-central-1 for this account",
        path: "provider.availabilityZones[1]",
        value: "eu-central-1f",
        expected: "one of eu-central-1a, eu-central-1b, eu-central-1c",
        remedy: "choose another zone; of a cluster that is there, zones stay as they are",
      },
    ]);
  });

  test("gets no cluster in a zone where EKS puts no control plane", async () => {
    const provider = `adminRoleArns: ["arn:aws:iam::${MOTO_ACCOUNT}:role/platform"]`;
    const outcome = await project().preflight({ region: "us-east-1", zones: ["us-east-1a", "us-east-1e"], provider });
    expect(ofCheck(outcome, "zones")).toMatchObject([
      { message: "us-east-1e is use1-az3, where EKS puts no control plane", path: "provider.availabilityZones[1]" },
    ]);
  });
});

describe("the version of Kubernetes", () => {
  // moto has no DescribeClusterVersions: the catalogue's dates hold.
  const validateOn = async (date: string) => {
    project().writeBootstrap({ cluster: ", kubernetes: 1.34.4" });
    return findingsOf(await project().onDay(date, "--output", "json"));
  };

  test("must be in standard support, by the catalogue when AWS does not say", async () => {
    const outcome = await validateOn("2026-12-03");
    expect(outcome.exitCode).toBe(2);
    expect(failures(outcome)).toEqual([
      {
        check: "Kubernetes version",
        state: "failure",
        message: "1.34 left EKS's standard support on 2026-12-02, by kaasctl's catalogue: AWS does not say (HTTP 404)",
        path: "cluster.kubernetes",
        value: "1.34.4",
        expected: "a version in standard support",
        remedy:
          "take 1.36.3 (until 2027-08-02) or 1.35.4 (until 2027-03-27); a cluster that is there goes up one minor " +
          "version at a time",
      },
    ]);
  });

  test("draws a warning before its support ends", async () => {
    const outcome = await validateOn("2026-11-21");
    expect(outcome.exitCode).toBe(0);
    expect(ofCheck(outcome, "Kubernetes version")).toMatchObject([
      {
        state: "warning",
        message:
          "1.34 leaves EKS's standard support on 2026-12-02, in 10 days, by kaasctl's catalogue: AWS does not say (HTTP 404)",
        expected: "a version with at least 90 days left",
      },
    ]);
  });
});
