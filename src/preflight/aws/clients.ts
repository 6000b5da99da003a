import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { IAMClient } from "@aws-sdk/client-iam";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { STSClient } from "@aws-sdk/client-sts";
import { partitionOf } from "./partition.js";

/** How AWS is asked about one region. */
export interface AwsClients {
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly quotas: ServiceQuotasClient;
  /** In the partition's home region, which answers whatever the other one is. */
  readonly home: {
    readonly sts: STSClient;
    readonly ec2: EC2Client;
    readonly iam: IAMClient;
    readonly quotas: ServiceQuotasClient;
  };
  /** Closes their connections. */
  close(): void;
}

/** Three attempts at a connection fit into the time that a question has. */
const PATIENCE = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
};

/**
 * Credentials and endpoints are what every program of the user's takes: the SDK reads the environment, `~/.aws` and the
 * machine's role by itself.
 */
export function awsClients(region: string): AwsClients {
  const there = { ...PATIENCE, region };
  const atHome = { ...PATIENCE, region: partitionOf(region).homeRegion };
  const clients = {
    ec2: new EC2Client(there),
    eks: new EKSClient(there),
    quotas: new ServiceQuotasClient(there),
    home: {
      sts: new STSClient(atHome),
      ec2: new EC2Client(atHome),
      iam: new IAMClient(atHome),
      quotas: new ServiceQuotasClient(atHome),
    },
  };
  return {
    ...clients,
    close() {
      for (const client of [clients.ec2, clients.eks, clients.quotas, ...Object.values(clients.home)]) client.destroy();
    },
  };
}
