import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { requiredSecrets } from "../../charts/secrets/required-secrets.js";
import { requiredSecretsReference } from "../../charts/secrets/reference.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { eksCluster, openStackCluster } from "../support/clusters.js";
import { projectRoot } from "../support/project.js";
import { synthesizeToJson } from "../support/synthesized.js";
import { variants } from "./cross-references/variants.js";

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const KEY = /^[-._a-zA-Z0-9]+$/;
/** Short enough to be guessed. */
const LEAST_LENGTH = 24;

describe.each(Object.entries(variants()))("the Secrets that %s needs", (_name, config) => {
  const secrets = requiredSecrets(plannedCluster(config));
  const sources = secrets.flatMap(({ name, keys }) =>
    Object.entries(keys).map(([key, source]) => ({ title: `${name}.${key}`, key, source })),
  );

  it("are each named once, as Kubernetes takes it, and say what they are for", () => {
    const titles = secrets.map(({ namespace, name }) => `${namespace}/${name}`);
    expect(titles).toEqual([...new Set(titles)]);
    for (const { name, purpose } of secrets)
      expect([name, NAME.test(name), purpose.length > 10]).toEqual([name, true, true]);
    for (const { title, key } of sources) expect([title, KEY.test(key)]).toEqual([title, true]);
  });

  it("are long where they are made at random", () => {
    const short = sources.filter(({ source }) => source.from === "generated" && source.length < LEAST_LENGTH);
    expect(short).toEqual([]);
  });

  it("take from bootstrap.yaml what refers to a secret", () => {
    const paths = sources.flatMap(({ source }) => (source.from === "configuration" ? [source.path] : []));
    const wrong = paths.filter((path) => {
      const value = path
        .split(/[.[\]]+/)
        .filter((key) => key !== "")
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], config);
      return typeof value !== "object" || value === null || !("env" in value || "file" in value);
    });
    expect(wrong).toEqual([]);
  });
});

it.each([
  ["OpenStack", openStackCluster()],
  ["EKS", eksCluster()],
])("what Secrets take from Terraform on %s is what the cluster's stack gives out", (_provider, config) => {
  const outputs = synthesizeToJson(config).get(config.name)?.output ?? {};
  const templates = requiredSecrets(plannedCluster(config))
    .flatMap(({ keys }) => Object.values(keys))
    .flatMap((source) => (source.from === "outputs" ? [source.template] : []));
  const wanted = templates.flatMap((template) => [...template.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name));
  expect(wanted.length > 0).toBe(config.provider.type === "openstack");
  expect(wanted.filter((name) => !(name in outputs))).toEqual([]);
});

it("the receivers of alerts are among them when there are any", () => {
  const [config] = Object.entries(variants()).flatMap(([name, each]) =>
    name.endsWith("receivers of alerts") ? [each] : [],
  );
  if (config === undefined) throw new Error("no variant has receivers");
  const { keys } = requiredSecrets(plannedCluster(config)).find(({ name }) => name === "alertmanager-receivers") ?? {};
  expect(Object.keys(keys ?? {})).toEqual([
    "hook.url",
    "chat.url",
    "pager.routingKey",
    "mail.password",
    "heartbeat.url",
  ]);
});

it("docs/required-secrets.md is what the charts give", () => {
  expect(requiredSecretsReference()).toBe(readFileSync(join(projectRoot, "docs/required-secrets.md"), "utf8"));
});
