import { describe, expect, it } from "@jest/globals";
import { catalogue } from "../../src/versions/catalogue.js";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, synthesizeToJson, tenancyStack, type SynthesizedJson } from "../support/synthesized.js";

const tenancy = { manage: true, adminCloud: "admin" };
const backendOf = (stack: SynthesizedJson) => stack.terraform["backend"];
const stackWith = (state: Readonly<Record<string, unknown>>) =>
  clusterStack(openStackCluster({ terraform: { state } }));

describe("Terraform's state", () => {
  it("is a file beside bootstrap.yaml by default, by a path relative to the stack's folder", () => {
    expect(backendOf(clusterStack(openStackCluster()))).toEqual({
      local: { path: "../../../environments/demo/demo.tfstate" },
    });
  });

  it("is a file in another folder, relative to bootstrap.yaml", () => {
    expect(backendOf(stackWith({ backend: "local", directory: "../../state" }))).toEqual({
      local: { path: "../../../state/demo.tfstate" },
    });
  });

  it("is encrypted and locked in S3", () => {
    expect(
      backendOf(stackWith({ backend: "s3", bucket: "states", region: "eu-central-1", keyPrefix: "prod" })),
    ).toEqual({
      s3: { bucket: "states", key: "prod/demo.tfstate", region: "eu-central-1", encrypt: true, use_lockfile: true },
    });
  });

  it("asks a store that only speaks S3's protocol for nothing that is Amazon's alone", () => {
    expect(backendOf(stackWith({ backend: "s3", bucket: "states", endpoint: "https://s3.example.com" }))).toEqual({
      s3: {
        bucket: "states",
        key: "kaas/demo.tfstate",
        region: "us-east-1",
        encrypt: true,
        use_lockfile: true,
        endpoints: { s3: "https://s3.example.com" },
        use_path_style: true,
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
        skip_s3_checksum: true,
      },
    });
  });

  it("names PostgreSQL's schema and leaves the connection, which holds a password, to the environment", () => {
    const stack = clusterStack(
      openStackCluster({ cluster: { name: "demo-2" }, terraform: { state: { backend: "pg", schemaPrefix: "tf" } } }),
    );
    expect(backendOf(stack)).toEqual({ pg: { schema_name: "tf_demo_2" } });
  });

  it.each(["https://state.example.com/kaas", "https://state.example.com/kaas/"])(
    "is locked over HTTP at its own address below %s",
    (address) => {
      const place = "https://state.example.com/kaas/demo";
      expect(backendOf(stackWith({ backend: "http", address }))).toEqual({
        http: { address: place, lock_address: place, unlock_address: place },
      });
    },
  );

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["local files", { backend: "local" }],
    ["S3", { backend: "s3", bucket: "states" }],
    ["PostgreSQL", { backend: "pg" }],
    ["HTTP", { backend: "http", address: "https://state.example.com" }],
  ])("of the cluster and of its tenancy stand apart in %s", (_title, state) => {
    const config = openStackCluster({ provider: { tenancy }, terraform: { state } });
    const places = [...synthesizeToJson(config).values()].map((stack) => JSON.stringify(backendOf(stack)));
    expect(places).toHaveLength(2);
    expect(places[0]).not.toBe(places[1]);
  });
});

describe("versions", () => {
  const versionsWith = (changes: BootstrapChanges) => clusterStack(openStackCluster(changes)).terraform;

  it("are the catalogue's", () => {
    expect(versionsWith({})).toMatchObject({
      required_version: catalogue.terraform.constraint,
      required_providers: { openstack: catalogue.providers.openstack },
    });
  });

  it("take a provider of one's own build in development, from the same source", () => {
    expect(versionsWith({ terraform: { providers: { openstack: "0.0.0" } } })["required_providers"]).toEqual({
      openstack: { source: catalogue.providers.openstack.source, version: "0.0.0" },
    });
  });
});

describe("the provider", () => {
  it("signs in by the service account's entry of clouds.yaml, and a tenancy's by the admin's", () => {
    const config = openStackCluster({ provider: { tenancy } });
    expect(clusterStack(config).provider).toEqual({ openstack: [{ cloud: "demo" }] });
    expect(tenancyStack(config).provider).toEqual({ openstack: [{ cloud: "admin" }] });
  });

  it("is told the region and the text of the cloud's CA, in both stacks", () => {
    const plain = openStackCluster({ provider: { tenancy, region: "RegionOne" } });
    const caCertificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const config = { ...plain, provider: { ...plain.provider, caCertificate } };
    for (const stack of [clusterStack(config), tenancyStack(config)]) {
      expect(stack.provider["openstack"]).toMatchObject([{ region: "RegionOne", cacert_file: caCertificate }]);
    }
  });
});
