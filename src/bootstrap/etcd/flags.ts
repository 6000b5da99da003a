export const CLIENT_PORT = 2379;
export const PEER_PORT = 2380;
/** Plain HTTP without anything secret: the security groups say who may read it. */
export const METRICS_PORT = 2381;

export function clientUrl(address: string): string {
  return `https://${address}:${CLIENT_PORT}`;
}

export function peerUrl(address: string): string {
  return `https://${address}:${PEER_PORT}`;
}

/** 8 GiB: the most that etcd's maintainers recommend. Source: etcd.io/docs/v3.6/dev-guide/limit */
const QUOTA_BYTES = 8 * 1024 ** 3;

/** Flags of every member, by etcd's own names. */
export const etcdTuning = {
  "quota-backend-bytes": String(QUOTA_BYTES),
  "tls-min-version": "TLS1.2",
} as const;
