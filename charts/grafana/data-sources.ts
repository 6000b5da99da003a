import { PLATFORM_PROMETHEUS } from "../shared/metrics.js";
import type { WorkloadReference } from "../shared/connections.js";
import { CUSTOMER_PROMETHEUS, PROMETHEUS_PORT } from "../monitoring/workloads.js";
import type { DataSourceName } from "./dashboards/dashboard.js";

export interface DataSource {
  /** Stable: dashboards and addresses hold it. */
  readonly uid: string;
  /** As viewers see it. */
  readonly name: string;
  readonly workload: WorkloadReference;
}

export const dataSources: Readonly<Record<DataSourceName, DataSource>> = {
  platform: { uid: PLATFORM_PROMETHEUS.name, name: "Platform", workload: PLATFORM_PROMETHEUS },
  customer: { uid: CUSTOMER_PROMETHEUS.name, name: "Customer", workload: CUSTOMER_PROMETHEUS },
};

/** Of both Prometheus: a rate needs several of their readings. */
const SCRAPE_INTERVAL = "30s";

/** Source: grafana.com/docs/grafana/latest/administration/provisioning */
export function dataSourcesFile() {
  return {
    apiVersion: 1,
    datasources: Object.values(dataSources).map(({ uid, name, workload }) => ({
      uid,
      name,
      type: "prometheus",
      access: "proxy",
      url: `http://${workload.name}.${workload.namespace}.svc:${PROMETHEUS_PORT}`,
      isDefault: workload === PLATFORM_PROMETHEUS,
      editable: false,
      jsonData: {
        httpMethod: "POST",
        manageAlerts: false,
        prometheusType: "Prometheus",
        timeInterval: SCRAPE_INTERVAL,
      },
    })),
  };
}
