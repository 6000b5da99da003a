import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import { type NodeHost } from "../support/node-host.js";
import { type Person } from "./person.js";

interface DataObject {
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** What of Prometheus' configuration these tests look at. */
export interface PrometheusConfiguration {
  readonly scrape_configs: readonly { readonly job_name: string }[];
  readonly rule_files: readonly string[];
}

const ROOT = "/etc/prometheus";

/**
 * Lays the configuration that the operator has made for a Prometheus where its pods would have it, with its rules and its
 * certificates, and lets promtool check it: rule files too, and that every file exists that it names.
 *
 * @param host has the program `promtool`
 */
export async function checkPrometheus(
  as: Person,
  host: NodeHost,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<PrometheusConfiguration> {
  const secrets = await read(as, "secrets", namespace);
  const text = configuration(secrets, `prometheus-${name}`, "prometheus.yaml.gz")
    // The reloader beside Prometheus puts in what a pod knows of itself.
    .replaceAll("$(POD_NAME)", `prometheus-${name}-0`)
    .replaceAll("$(SHARD)", "0");
  const rules = (await read(as, "configmaps", namespace)).filter(({ metadata }) =>
    metadata.name.startsWith(`prometheus-${name}-rulefiles-`),
  );
  for (const { metadata, data = {} } of rules) {
    for (const [file, content] of Object.entries(data))
      host.writeFile(`${ROOT}/rules/${metadata.name}/${file}`, content);
  }
  for (const { metadata, data = {} } of secrets) {
    const folder = metadata.name.startsWith(`prometheus-${name}-tls-assets-`) ? "certs" : `secrets/${metadata.name}`;
    for (const [file, content] of Object.entries(data))
      host.writeFile(`${ROOT}/${folder}/${file}`, Buffer.from(content, "base64"));
  }
  host.writeFile(`${ROOT}/${name}.yaml`, text);
  await host.run("promtool", ["check", "config", `${ROOT}/${name}.yaml`]);
  return parse(text) as PrometheusConfiguration;
}

/**
 * Lets amtool check the configuration that the operator has made for an Alertmanager.
 *
 * @returns where it lies on the host
 */
export async function checkAlertmanager(
  as: Person,
  host: NodeHost,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<string> {
  const file = `/etc/alertmanager/${name}.yaml`;
  const secrets = await read(as, "secrets", namespace);
  host.writeFile(file, configuration(secrets, `alertmanager-${name}-generated`, "alertmanager.yaml.gz"));
  await host.run("amtool", ["check-config", file]);
  return file;
}

async function read(as: Person, kind: string, namespace: string): Promise<readonly DataObject[]> {
  const answer = await as.do(["get", kind, "--namespace", namespace, "--output", "json"]);
  return (JSON.parse(answer) as { readonly items: readonly DataObject[] }).items;
}

function configuration(secrets: readonly DataObject[], name: string, key: string): string {
  const content = secrets.find(({ metadata }) => metadata.name === name)?.data?.[key];
  if (content === undefined) throw new Error(`the operator has made no ${name}`);
  return gunzipSync(Buffer.from(content, "base64")).toString();
}
