import { Construct } from "constructs";
import { stringify } from "yaml";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { ConfigurationFiles } from "../shared/configuration-files.js";
import type { WorkloadReference } from "../shared/connections.js";
import { httpProbe } from "../shared/probes.js";
import { configurationVolume, type Volume } from "../shared/volumes.js";
import { Workload } from "../shared/workload.js";

export interface BlackboxExporterProps {
  readonly config: ClusterConfig;
}

const PORT = 9115;
/** The image has no user of its own but `nobody`. */
const USER = 65534;
const AUTHORITY = "/authority";

/** Checks from within the cluster. */
export const BLACKBOX_EXPORTER: WorkloadReference = { namespace: SYSTEM_NAMESPACE, name: jobs.blackbox };

/** Where Prometheus asks it. */
export const BLACKBOX_ADDRESS = `${jobs.blackbox}.${SYSTEM_NAMESPACE}.svc:${PORT}`;

/** The kinds of checks, by name. Source: github.com/prometheus/blackbox_exporter, CONFIGURATION.md */
const modules = {
  /** The Kubernetes API, whose certificate the cluster's own authority has signed. */
  api: {
    prober: "http",
    timeout: "10s",
    http: {
      preferred_ip_protocol: "ip4",
      fail_if_not_ssl: true,
      follow_redirects: false,
      valid_status_codes: [200],
      tls_config: { ca_file: `${AUTHORITY}/ca.crt` },
    },
  },
  /** A page behind the ingress. Signing in is an answer too. Whether browsers trust its certificate depends on who issued it. */
  page: {
    prober: "http",
    timeout: "10s",
    http: {
      preferred_ip_protocol: "ip4",
      fail_if_not_ssl: true,
      follow_redirects: false,
      valid_status_codes: [200, 301, 302, 303, 307, 308, 401, 403],
      tls_config: { insecure_skip_verify: true },
    },
  },
} as const;

export type BlackboxModule = keyof typeof modules;

/** Asks hosts of the platform, as a client would, whether they answer. */
export class BlackboxExporter extends Construct {
  constructor(scope: Construct, id: string, { config }: BlackboxExporterProps) {
    super(scope, id);
    const files = new ConfigurationFiles(this, "files", {
      ...BLACKBOX_EXPORTER,
      files: { "config.yaml": stringify({ modules }) },
    });
    new Workload(this, "workload", {
      config,
      ...BLACKBOX_EXPORTER,
      kind: { type: "Deployment", replicas: 2 },
      priority: "platform",
      user: USER,
      containers: [
        {
          name: "blackbox-exporter",
          image: imageOf("blackbox-exporter", config),
          args: ["--config.file=/configuration/config.yaml", `--web.listen-address=:${PORT}`],
          ports: { http: PORT },
          resources: { cpu: { request: "10m", limit: "200m" }, memory: { request: "24Mi", limit: "64Mi" } },
          probes: { readiness: httpProbe("/-/healthy", "http"), liveness: httpProbe("/-/healthy", "http") },
          mounts: [
            { volume: configurationVolume("configuration", files), path: "/configuration" },
            { volume: clusterAuthority, path: AUTHORITY },
          ],
        },
      ],
      service: { [PORT]: "http" },
      metrics: [{ port: "http" }],
    });
  }
}

/** Kubernetes puts its authority's certificate into every namespace. */
const clusterAuthority: Volume = { name: "authority", source: { configMap: { name: "kube-root-ca.crt" } } };
