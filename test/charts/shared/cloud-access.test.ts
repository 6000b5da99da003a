import { describe, expect, it } from "@jest/globals";
import { Chart, Testing } from "cdk8s";
import { parse } from "yaml";
import { CloudAccess, cloudCredentials } from "../../../charts/shared/cloud-access.js";
import { plannedCluster, type OpenStackCluster } from "../../../src/config/cluster-outputs.js";
import { openStack } from "../../support/bootstraps.js";

const program = { namespace: "rackspace-system", name: "sample" };
const plain = plannedCluster(openStack());
const PEM = "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n";
const ownAuthority: OpenStackCluster = {
  ...plain,
  config: { ...plain.config, provider: { ...plain.config.provider, caCertificate: PEM, region: "RegionOne" } },
};

function accessTo(cluster: OpenStackCluster) {
  const chart = new Chart(Testing.app(), "chart");
  const access = new CloudAccess(chart, "access", { cluster, program, sections: { Networking: { ipv6: false } } });
  const [{ data }] = Testing.synth(chart) as [{ data: Record<string, string> }];
  return { access, data };
}

/** The entry of clouds.yaml, once its outputs are filled in with what could be read as numbers. */
function cloudOf(cluster: OpenStackCluster) {
  const source = cloudCredentials(cluster, program).keys["clouds.yaml"];
  if (source?.from !== "outputs") throw new Error("the credential comes from outputs");
  const filled = source.template
    .replace("${cloud_credential_id}", "12345678")
    .replace("${cloud_credential_secret}", "1e10");
  expect(filled).not.toContain("${");
  const { clouds } = parse(filled) as { clouds: Record<string, unknown> };
  return clouds;
}

describe("access to the cloud", () => {
  it("names the file and the entry that the credential's Secret has", () => {
    const { access, data } = accessTo(plain);
    const credentials = access.mounts.find(({ volume }) => volume.source.secret !== undefined);
    expect(credentials?.volume.source.secret?.secretName).toBe("sample-credentials");
    const [entry] = Object.keys(cloudOf(plain));
    expect(data["cloud.conf"]).toContain(`clouds-file = "${credentials?.path}/clouds.yaml"\n`);
    expect(data["cloud.conf"]).toContain(`cloud = "${entry}"\n`);
    expect(data["cloud.conf"]).toContain("[Networking]\nipv6 = false\n");
  });

  it("finds its configuration where it is mounted", () => {
    const { access, data } = accessTo(plain);
    const folder = access.mounts.find(({ volume }) => volume.source.configMap !== undefined)?.path;
    expect(Object.keys(data).map((file) => `${folder}/${file}`)).toEqual([access.file]);
  });

  it("is by the application credential, whose id and secret stay texts", () => {
    expect(Object.values(cloudOf(plain))).toEqual([
      {
        auth_type: "v3applicationcredential",
        auth: {
          auth_url: plain.outputs.identityUrl,
          application_credential_id: "12345678",
          application_credential_secret: "1e10",
        },
      },
    ]);
  });

  it("trusts the cloud's own authority where there is one, and keeps to the region", () => {
    const { access, data } = accessTo(ownAuthority);
    const folder = access.mounts.find(({ volume }) => volume.source.configMap !== undefined)?.path;
    expect(data["ca.crt"]).toBe(PEM);
    expect(Object.values(cloudOf(ownAuthority))).toMatchObject([
      { region_name: "RegionOne", cacert: `${folder}/ca.crt` },
    ]);
  });
});
