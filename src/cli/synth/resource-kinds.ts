import type { Field } from "../table.js";

/** The part of an OpenStack resource type that names its service, and what is left: `openstack_<service>_<kind>_v2`. */
const TYPE = /^openstack_(?<service>[a-z]+)_(?<kind>.+?)(_v\d+)?$/;

/**
 * Resources by service, largest first, in Terraform's own words without what every type repeats:
 * `compute` → `19: 11 instance, 5 volume_attach, 3 servergroup`.
 */
export function byService(byType: Readonly<Record<string, number>>): readonly Field[] {
  const services = new Map<string, { kind: string; number: number }[]>();
  for (const [type, number] of Object.entries(byType)) {
    const { service = "other", kind = type } = TYPE.exec(type)?.groups ?? {};
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
