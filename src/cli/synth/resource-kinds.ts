import type { Field } from "../table.js";

/** The part of a resource type that names its service, and what is left: `openstack_<service>_<kind>_v2`. */
const OPENSTACK_TYPE = /^openstack_(?<service>[a-z]+)_(?<kind>.+?)(_v\d+)?$/;
/** Amazon's older types name no service: those that a cluster has are EC2's, most of them about its network. */
const AWS_TYPE = /^aws_((?<service>eks|iam|s3|kms|ecr|route53|cloudwatch)_)?(?<kind>.+)$/;
const AWS_DEFAULT_SERVICE = "ec2";
/** What is Terraform's own: `terraform_data`. */
const TERRAFORM_DATA = { service: "terraform", kind: "data" };

/**
 * Resources by service, largest first, in Terraform's own words without what every type repeats:
 * `compute` → `19: 11 instance, 5 volume_attach, 3 servergroup`.
 */
export function byService(byType: Readonly<Record<string, number>>): readonly Field[] {
  const services = new Map<string, { kind: string; number: number }[]>();
  for (const [type, number] of Object.entries(byType)) {
    const { service, kind } = partsOf(type);
    services.set(service, [...(services.get(service) ?? []), { kind, number }]);
  }
  return [...services]
    .map(([service, kinds]) => ({ service, kinds, total: kinds.reduce((sum, { number }) => sum + number, 0) }))
    .sort((a, b) => b.total - a.total)
    .map(({ service, kinds, total }) => {
      const parts = kinds.sort((a, b) => b.number - a.number).map(({ kind, number }) => `${number}\u00a0${kind}`);
      return [service, `${total}: ${parts.join(", ")}`];
    });
}

function partsOf(type: string): { readonly service: string; readonly kind: string } {
  const groups = (AWS_TYPE.exec(type) ?? OPENSTACK_TYPE.exec(type))?.groups;
  if (groups === undefined) return TERRAFORM_DATA;
  return { service: groups["service"] ?? AWS_DEFAULT_SERVICE, kind: groups["kind"] ?? type };
}
