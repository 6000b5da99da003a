import { describe, expect, it } from "@jest/globals";
import { ClusterProject } from "../support/cluster-project.js";
import { OpenStackLab } from "../support/openstack-lab.js";
import { startHttpStore, startPostgresStore, startS3Store, type StateStore } from "../support/state-stores.js";
import { changesOf } from "../support/terraform.js";

const stores: Readonly<Record<string, () => Promise<StateStore>>> = {
  http: startHttpStore,
  pg: startPostgresStore,
  s3: startS3Store,
};

describe("Terraform's state", () => {
  it.each(Object.entries(stores))("is kept by the %s backend, and found again", async (_backend, startStore) => {
    const store = await startStore();
    const project = new ClusterProject("demo-openstack", new OpenStackLab(), {
      prepare: (document) => (document["terraform"] = { state: store.state }),
      environment: store.environment,
    });
    const { tenancy } = project;
    const stack = `${project.name}-tenancy`;
    try {
      await project.synth();
      await tenancy.init();
      await tenancy.apply();
      expect(await store.read(stack)).toContain("openstack_identity_project_v3");
      expect(changesOf(await tenancy.plan())).toEqual({});
      await tenancy.destroy();
      expect(await store.read(stack)).not.toContain("openstack_identity_project_v3");
    } finally {
      await project.discard();
      await store.stop();
    }
  });
});
