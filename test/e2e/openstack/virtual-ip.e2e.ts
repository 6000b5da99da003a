import { describeTopology } from "./topology-suite.js";

describeTopology({ environment: "demo-rhosp", controllerNeighbours: {} });
