import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import { stringify } from "yaml";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { PROMETHEUS_PORT } from "../monitoring/workloads.js";
import { ConfigurationFiles } from "../shared/configuration-files.js";
import { iniFile } from "../shared/ini-file.js";
import { httpProbe } from "../shared/probes.js";
import { configurationVolume, scratchVolume, type Volume } from "../shared/volumes.js";
import { Workload } from "../shared/workload.js";
import { dashboardModel } from "./dashboards/dashboard-model.js";
import { dashboardsOf } from "./dashboards/dashboards-of.js";
import { dataSources, dataSourcesFile } from "./data-sources.js";
import { grafanaSecret } from "./grafana-secrets.js";
import { GRAFANA, GRAFANA_PORT, grafanaPaths, grafanaSettings } from "./grafana-settings.js";

export interface GrafanaChartProps {
  readonly config: ClusterConfig;
}

/** Of the image. */
const USER = 472;
const FOLDER = "KaaS";
const SETTINGS_FILE = "grafana.ini";

/** Grafana: dashboards of both Prometheus, for whoever has signed in. */
export class GrafanaChart extends Chart {
  constructor(scope: Construct, id: string, { config }: GrafanaChartProps) {
    super(scope, id);
    const settings = this.settingsVolume(config);
    const grafana = new Workload(this, "grafana", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: GRAFANA,
      kind: { type: "Deployment", replicas: config.services.monitoring.replicas },
      priority: "platform",
      user: USER,
      containers: [
        {
          name: GRAFANA,
          image: imageOf("grafana", config),
          environment: {
            GF_SECURITY_ADMIN_USER: { secret: grafanaSecret, key: "admin-user" },
            GF_SECURITY_ADMIN_PASSWORD: { secret: grafanaSecret, key: "admin-password" },
            GF_SECURITY_SECRET_KEY: { secret: grafanaSecret, key: "secret-key" },
          },
          ports: { http: GRAFANA_PORT },
          resources: { cpu: { request: "50m", limit: "1" }, memory: { request: "192Mi", limit: "512Mi" } },
          probes: {
            readiness: httpProbe("/api/health", "http"),
            liveness: httpProbe("/api/health", "http"),
            startup: httpProbe("/api/health", "http", { failureThreshold: 30 }),
          },
          mounts: [
            { volume: settings, path: `/etc/grafana/${SETTINGS_FILE}`, subPath: SETTINGS_FILE },
            ...["datasources", "dashboards"].map((topic) => ({
              volume: settings,
              path: `${grafanaPaths.provisioning}/${topic}/${topic}.yaml`,
              subPath: `${topic}.yaml`,
            })),
            { volume: this.dashboardsVolume(config), path: grafanaPaths.dashboards },
            { volume: scratchVolume("data", "256Mi"), path: grafanaPaths.data, writable: true },
            { volume: scratchVolume("temporary", "64Mi"), path: "/tmp", writable: true },
          ],
        },
      ],
      service: { [GRAFANA_PORT]: "http" },
      metrics: [{ port: "http" }],
    });
    for (const { workload } of Object.values(dataSources)) grafana.connections.allowTo(workload, PROMETHEUS_PORT);
    // Whoever else reached it could say who is signed in.
    grafana.connections.allowFrom({ namespace: SYSTEM_NAMESPACE, name: jobs.signOn }, GRAFANA_PORT);
  }

  private settingsVolume(config: ClusterConfig): Volume {
    const files = new ConfigurationFiles(this, "settings", {
      namespace: SYSTEM_NAMESPACE,
      name: GRAFANA,
      files: {
        [SETTINGS_FILE]: iniFile(grafanaSettings(config)),
        "datasources.yaml": stringify(dataSourcesFile()),
        "dashboards.yaml": stringify(dashboardsFile),
      },
    });
    return configurationVolume("settings", files);
  }

  /** A ConfigMap each, for one holds no more than a MiB, in one folder. Grafana itself looks for changes. */
  private dashboardsVolume(config: ClusterConfig): Volume {
    const files = dashboardsOf(config).map((dashboard) => {
      const name = `grafana-dashboard-${dashboard.uid}`;
      return new ConfigurationFiles(this, dashboard.uid, {
        namespace: SYSTEM_NAMESPACE,
        name,
        // On a line of its own each: the writer of YAML takes minutes over one long line.
        files: { [`${dashboard.uid}.json`]: `${JSON.stringify(dashboardModel(dashboard), undefined, 2)}\n` },
      });
    });
    const sources = files.map(({ name }) => ({ configMap: { name } }));
    return { name: "dashboards", source: { projected: { sources } } };
  }
}

/** Source: grafana.com/docs/grafana/latest/administration/provisioning */
const dashboardsFile = {
  apiVersion: 1,
  providers: [
    {
      name: FOLDER,
      type: "file",
      folder: FOLDER,
      folderUid: "kaas",
      disableDeletion: true,
      allowUiUpdates: false,
      options: { path: grafanaPaths.dashboards },
    },
  ],
};
