import { describeTopology } from "./topology-suite.js";

describeTopology({
  environment: "demo-openstack",
  controllerNeighbours: {
    "openstack_dns_recordset_v2.dns_api": "update",
    "openstack_dns_recordset_v2.dns_api-int": "update",
  },
});
