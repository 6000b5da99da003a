import { describeTopology } from "./topology-suite.js";

describeTopology({
  environment: "demo-openstack-lbaas",
  // Its state is in S3, which state-backends.e2e.ts shows.
  prepare: (document) => delete document["terraform"],
  controllerNeighbours: {},
});
