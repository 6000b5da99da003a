import { parse } from "yaml";
import { describe, expect, test } from "@jest/globals";
import { adminKubeconfig } from "../../src/pki/kubeconfig.js";
import { terraformVariables } from "../../src/pki/terraform-variables.js";
import { cluster, secretsOf, soundBundle as bundle } from "./support/bundles.js";

const decode = (text: string) => Buffer.from(text, "base64").toString();

test("the administrator's kubeconfig signs in by certificate at the cluster's own address", () => {
  const text = adminKubeconfig(cluster(), bundle);
  const config = parse(text) as {
    clusters: [{ name: string; cluster: Record<string, string> }];
    users: [{ name: string; user: Record<string, string> }];
    contexts: [{ name: string; context: Record<string, string> }];
    "current-context": string;
  };
  const [{ cluster: server }] = config.clusters;
  const [{ user, name }] = config.users;
  expect(server["server"]).toBe("https://api.demo.example.com:6443");
  expect(decode(server["certificate-authority-data"] ?? "")).toBe(bundle.authorities.cluster.certificate);
  expect(decode(user["client-certificate-data"] ?? "")).toBe(bundle.admin.certificate);
  expect(decode(user["client-key-data"] ?? "")).toBe(bundle.admin.key);
  expect(config.contexts).toEqual([{ name, context: { cluster: "demo", user: name } }]);
  expect(config["current-context"]).toBe(name);
});

describe("the variables of Terraform", () => {
  const text = JSON.stringify(terraformVariables(bundle));

  test("hold what nodes need", () => {
    expect(terraformVariables(bundle)).toMatchObject({
      initialised: false,
      cluster_ca: bundle.authorities.cluster,
      service_account: { private_key: bundle.serviceAccount.privateKey },
      etcd_members: bundle.etcdMembers,
      registry_auth: "",
    });
    for (const secret of secretsOf({ ...bundle, admin: bundle.etcdClient, authServer: bundle.etcdClient })) {
      if (!bundle.authorities.auth.key.includes(secret)) expect(text).toContain(secret);
    }
  });

  test("hold no key that no node needs: the administrator's, kubernetes-auth's and its authority's", () => {
    for (const { key } of [bundle.admin, bundle.authServer ?? bundle.admin, bundle.authorities.auth]) {
      expect(text).not.toContain(key.split("\n")[2]);
    }
    expect(text).toContain(JSON.stringify(bundle.authorities.auth.certificate));
  });

  test("hold the registry's credentials where there are some", () => {
    expect(terraformVariables({ ...bundle, registryAuth: "YTpi" }).registry_auth).toBe("YTpi");
  });
});
