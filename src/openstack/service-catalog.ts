import { DataOpenstackIdentityAuthScopeV3 } from "@cdktf/provider-openstack/lib/data-openstack-identity-auth-scope-v3";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { expression } from "../bootstrap/terraform-text.js";

/** Where the cloud's own services answer the service account, as the identity service lists them. */
export class ServiceCatalog extends Construct {
  private readonly scope: DataOpenstackIdentityAuthScopeV3;
  private readonly endpoints = new Map<string, TerraformLocal>();

  constructor(scope: Construct, id: string, identity: ClusterIdentity) {
    super(scope, id);
    this.scope = new DataOpenstackIdentityAuthScopeV3(this, "Default", { name: identity.clusterName });
  }

  /** An expression for the public endpoint of a service in the provider's region; the plan fails when there is none. */
  endpoint(service: "identity" | "object-store"): string {
    const known = this.endpoints.get(service) ?? this.lookUp(service);
    this.endpoints.set(service, known);
    return expression(known.fqn);
  }

  private lookUp(service: string): TerraformLocal {
    const { fqn } = this.scope;
    const endpoints =
      `[for service in ${fqn}.service_catalog : [for endpoint in service.endpoints : endpoint.url ` +
      `if endpoint.interface == "public" && contains(["", endpoint.region], ${fqn}.region)] if service.type == "${service}"]`;
    return new TerraformLocal(this, service, `\${flatten(${endpoints})[0]}`);
  }
}
