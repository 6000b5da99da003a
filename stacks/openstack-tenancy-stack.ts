import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformStack, TerraformVariable, type TerraformElement } from "cdktf";
import type { Construct, Node } from "constructs";
import type { OpenStackClusterConfig, Tenancy as TenancySpec } from "../src/config/cluster-config.js";
import { ClusterIdentity } from "../src/config/cluster-identity.js";
import { Tenancy } from "../src/openstack/tenancy.js";
import { logicalId } from "./logical-id.js";
import { addOutputs } from "./outputs.js";
import { configureTerraform, providerSettings, type StackLocation } from "./terraform-settings.js";

export interface OpenStackTenancyStackProps extends StackLocation {
  readonly config: OpenStackClusterConfig;
  readonly tenancy: TenancySpec;
}

/** What a cloud admin makes once, before the cluster: its project, service account, roles and quotas. */
export class OpenStackTenancyStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: OpenStackTenancyStackProps) {
    super(scope, id);
    const { config, tenancy } = props;
    const { provider } = config;
    configureTerraform(this, config, props, "openstack");
    new OpenstackProvider(this, "openstack", providerSettings(provider, tenancy.adminCloud));
    const password = new TerraformVariable(this, "service_account_password", {
      type: "string",
      description: "Password of the service account that owns the cluster",
      sensitive: true,
      nullable: false,
    });
    const { projectId, userId, adminRoleId } = new Tenancy(this, "tenancy", {
      identity: new ClusterIdentity(config.name, config.tags),
      ...tenancy,
      password: password.stringValue,
      adminRole: config.access.adminRole,
      octavia: provider.octavia,
    });
    addOutputs(this, {
      project_id: { value: projectId, description: "Project that owns the cluster" },
      service_account_id: { value: userId, description: "Its service account" },
      admin_role_id: { value: adminRoleId, description: "Keystone role of the cluster's administrators" },
    });
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    return logicalId(element);
  }
}
