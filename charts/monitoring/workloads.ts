import { jobs } from "../../src/alerting/jobs.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import type { WorkloadReference } from "../shared/connections.js";

/** The Prometheus that watches what users run, as far as they want it. */
export const CUSTOMER_PROMETHEUS: WorkloadReference = { namespace: SYSTEM_NAMESPACE, name: jobs.customerPrometheus };
export const ALERTMANAGER: WorkloadReference = { namespace: SYSTEM_NAMESPACE, name: jobs.alertmanager };

/** Ports of both Prometheus and of Alertmanager, and of their Services. */
export const PROMETHEUS_PORT = 9090;
export const ALERTMANAGER_PORT = 9093;

/** Name of that port, as the operator gives it. */
export const WEB_PORT = "web";
