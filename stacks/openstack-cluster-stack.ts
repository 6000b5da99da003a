import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformStack, type TerraformElement } from "cdktf";
import type { Construct, Node } from "constructs";
import { sharedDocument, type NodeGroup } from "../src/bootstrap/node-document.js";
import { ETCD_BACKUPS, storesSnapshots } from "../src/bootstrap/etcd/environment.js";
import type { ObjectStoreAccess } from "../src/bootstrap/node-secrets.js";
import { templateOf } from "../src/bootstrap/terraform-text.js";
import { compressDocument } from "../src/bootstrap/user-data.js";
import { internalApiAddresses } from "../src/config/address-plan.js";
import { etcdMembers, type ClusterNode, type OpenStackClusterConfig } from "../src/config/cluster-config.js";
import { apiUrl } from "../src/config/host-names.js";
import { ApiEndpoint } from "../src/openstack/api-endpoint.js";
import { ApplicationCredential, type CredentialPurpose } from "../src/openstack/application-credential.js";
import { Catalog } from "../src/openstack/catalog.js";
import { DnsRecords } from "../src/openstack/dns-records.js";
import { clusterFlows, nodeRoles } from "../src/openstack/flows.js";
import { ClusterIdentity } from "../src/config/cluster-identity.js";
import { IngressAddress } from "../src/openstack/ingress-address.js";
import { Network } from "../src/openstack/network.js";
import { ObjectContainers } from "../src/openstack/object-containers.js";
import { SecurityGroups } from "../src/openstack/security-groups.js";
import { ServerGroup } from "../src/openstack/server-group.js";
import { ServiceCatalog } from "../src/openstack/service-catalog.js";
import { Server } from "../src/openstack/server.js";
import { ClusterSecrets } from "./cluster-secrets.js";
import { logicalId } from "./logical-id.js";
import { NodeUserData } from "./node-user-data.js";
import { addOutputs } from "./outputs.js";
import { configureTerraform, providerSettings, type StackLocation } from "./terraform-settings.js";

export interface OpenStackClusterStackProps extends StackLocation {
  readonly config: OpenStackClusterConfig;
}

/** A cluster on OpenStack: everything that its service account owns. */
export class OpenStackClusterStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: OpenStackClusterStackProps) {
    super(scope, id);
    const { config } = props;
    const { provider, network: cidrs } = config;
    configureTerraform(this, config, props, "openstack");
    new OpenstackProvider(this, "openstack", providerSettings(provider, provider.cloud));

    const identity = new ClusterIdentity(config.name, config.tags);
    const catalog = new Catalog(this, "catalog", provider.image);
    const network = new Network(this, "network", {
      identity,
      nodeCidr: cidrs.nodeCidr,
      addresses: config.addresses,
      externalNetwork: provider.externalNetwork,
      dnsServers: cidrs.dnsServers,
    });
    const securityGroups = new SecurityGroups(this, "security-group", {
      identity,
      roles: nodeRoles(config),
      flows: clusterFlows(config),
    });
    const api = new ApiEndpoint(this, "api", { identity, network, config });
    const ingress = config.services.ingress.enabled
      ? new IngressAddress(this, "ingress", { identity, network, config })
      : undefined;

    const credential = (purpose: CredentialPurpose) =>
      new ApplicationCredential(this, `${purpose}-credential`, {
        identity,
        purpose,
        ...(provider.tenancy !== undefined && { roles: provider.tenancy.roles }),
      });
    const serviceCatalog = new ServiceCatalog(this, "service-catalog", identity);
    const userData = new NodeUserData(this, "user-data", {
      config,
      secrets: new ClusterSecrets(this, config),
      ...(storesSnapshots(config) && {
        objectStore: objectStoreAccess(serviceCatalog, credential("etcd-backup")),
      }),
    });
    const members = new Set(etcdMembers(config));
    /** Servers that are kept apart from each other. */
    const addServers = (
      group: string,
      nodes: readonly ClusterNode[],
      virtualIps: readonly string[],
      told: NodeGroup,
    ) => {
      const shared = compressDocument(sharedDocument(config, told));
      const { antiAffinity } = provider;
      const serverGroup = new ServerGroup(this, `server-group-${group}`, { identity, members: group, antiAffinity });
      return nodes.map(
        (spec) =>
          new Server(this, spec.key, {
            identity,
            spec,
            network,
            catalog,
            serverGroup,
            virtualIps,
            securityGroupId: securityGroups.groupId(spec.role),
            userData: (etcdVolume) => userData.forNode(spec, shared, etcdVolume),
            ...(members.has(spec) && { etcdVolume: config.etcd.volume }),
          }),
      );
    };
    const etcd = config.etcd.stacked ? [] : addServers("etcd", config.etcd.nodes, [], { role: "etcd" });
    const controllers = addServers("controller", config.controllers, api.virtualIps, { role: "controller" });
    for (const controller of controllers) api.addMember(controller);
    const workers = config.workerPools.flatMap((pool) =>
      addServers(`worker-${pool.name}`, pool.nodes, ingress?.virtualIps ?? [], { role: "worker", pool }),
    );

    const internalAddresses = internalApiAddresses(config);
    if (provider.dns.manage !== "none") {
      const records = new DnsRecords(this, "dns", { identity, ...provider.dns });
      for (const { spec, port } of [...etcd, ...controllers, ...workers]) {
        records.addAddresses(spec.key, spec.fqdn, [port.address]);
      }
      records.addAddresses("api", config.apiHosts.public, api.publicAddresses);
      records.addAddresses("api-int", config.apiHosts.internal, internalAddresses);
      if (ingress !== undefined) {
        records.addAddresses("ingress", config.ingressWildcard, [ingress.publicAddress]);
      }
    }

    const cloudCredential = credential("cloud");
    const containers = new ObjectContainers(this, "container", {
      identity,
      purposes: containerPurposes(config),
      deleteContent: config.profile === "development",
    });
    addOutputs(this, {
      api_url: { value: apiUrl(config.apiHosts), description: "Kubernetes API, for users" },
      api_addresses: { value: api.publicAddresses, description: "Public addresses of the Kubernetes API" },
      api_internal_addresses: { value: internalAddresses, description: "Its addresses on the node network" },
      ...(ingress !== undefined && {
        ingress_address: { value: ingress.publicAddress, description: "Public address of the ingress" },
      }),
      identity_url: {
        value: templateOf(serviceCatalog.endpoint("identity")),
        description: "The cloud's identity service",
      },
      external_network_id: { value: network.externalNetworkId, description: "Network that floating IPs come from" },
      network_id: { value: network.networkId, description: "Node network" },
      subnet_id: { value: network.subnetId, description: "Subnet of the node network" },
      worker_security_group_id: { value: securityGroups.groupId("worker"), description: "Security group of workers" },
      cloud_credential_id: {
        value: cloudCredential.credentialId,
        description: "Application credential of the cluster",
      },
      cloud_credential_secret: { value: cloudCredential.secret, description: "Its secret", sensitive: true },
      containers: { value: containers.names, description: "Object containers by purpose" },
    });
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    return logicalId(element);
  }
}

function objectStoreAccess(catalog: ServiceCatalog, credential: ApplicationCredential): ObjectStoreAccess {
  return {
    authUrl: catalog.endpoint("identity"),
    credentialId: credential.expressions.credentialId,
    credentialSecret: credential.expressions.secret,
    url: catalog.endpoint("object-store"),
  };
}

/** What the cluster's services keep in object storage. */
function containerPurposes({ provider, services }: OpenStackClusterConfig): readonly string[] {
  if (provider.objectStorage === "none") return [];
  return [
    ...(services.backup.enabled ? [ETCD_BACKUPS, "velero"] : []),
    ...(services.registry.enabled ? ["registry"] : []),
  ];
}
