import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { serviceHostOf } from "../../src/config/host-names.js";
import type { IniSections } from "../shared/ini-file.js";

export const GRAFANA = "grafana";
export const GRAFANA_PORT = 3000;

export const grafanaPaths = {
  /** Scratch. */
  data: "/var/lib/grafana",
  provisioning: "/etc/grafana/provisioning",
  dashboards: "/etc/grafana/dashboards",
} as const;

/** As OAuth2 Proxy tells who is signed in to whom it passes requests on. */
const headers = { user: "X-Forwarded-User", name: "X-Forwarded-Preferred-Username", email: "X-Forwarded-Email" };

/**
 * Grafana keeps nothing: data sources and dashboards come from files, users from the headers of each request, and its database
 * is thrown away with the pod. So replicas need not agree, and no viewer need come back to the same one.
 * Source: grafana.com/docs/grafana/latest/setup-grafana/configure-grafana
 */
export function grafanaSettings({ clusterDomain }: ClusterConfig): IniSections {
  return {
    paths: { data: grafanaPaths.data, provisioning: grafanaPaths.provisioning },
    server: { http_port: GRAFANA_PORT, root_url: `https://${serviceHostOf(GRAFANA, clusterDomain)}/` },
    database: { type: "sqlite3", wal: true },
    log: { mode: "console" },
    "log.console": { format: "json" },
    ...access,
    ...telemetry,
    ...extras,
  };
}

/** Viewers come signed in. The one administrator shows name and password with each request: there is no form to type them into. */
const access: IniSections = {
  security: {
    cookie_secure: true,
    disable_gravatar: true,
    content_security_policy: true,
    strict_transport_security: true,
  },
  auth: { disable_login_form: true, disable_signout_menu: true },
  "auth.anonymous": { enabled: false },
  "auth.basic": { enabled: true },
  "auth.proxy": {
    enabled: true,
    header_name: headers.user,
    header_property: "username",
    headers: `Name:${headers.name} Email:${headers.email}`,
    auto_sign_up: true,
    // A session would be known to one replica alone.
    enable_login_token: false,
  },
  users: {
    allow_sign_up: false,
    allow_org_create: false,
    auto_assign_org: true,
    auto_assign_org_role: "Viewer",
    viewers_can_edit: false,
  },
};

/** It asks and tells nobody outside the cluster. */
const telemetry: IniSections = {
  analytics: {
    reporting_enabled: false,
    check_for_updates: false,
    check_for_plugin_updates: false,
    feedback_links_enabled: false,
  },
  news: { news_feed_enabled: false },
  // Plugins of the image are what there is. An update of them would be written to the root, fail, and leave none.
  plugins: {
    plugin_admin_enabled: false,
    preinstall_disabled: true,
    preinstall_auto_update: false,
    public_key_retrieval_disabled: true,
  },
};

/** What needs a database that lasts, or replicas that know each other. Alerts are Alertmanager's. */
const extras: IniSections = {
  unified_alerting: { enabled: false },
  snapshots: { enabled: false, external_enabled: false },
  public_dashboards: { enabled: false },
  live: { max_connections: 0 },
  metrics: { enabled: true },
};
