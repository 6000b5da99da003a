import { z } from "zod";
import { clusterSchema } from "./cluster.js";
import { eksProviderSchema, nodeGroupsSchema } from "./eks.js";
import { eksNetworkSchema, openStackNetworkSchema } from "./network.js";
import { controlPlaneSchema, etcdSchema, workersSchema } from "./nodes.js";
import { nodesSchema } from "./node-image.js";
import { openStackProviderSchema } from "./openstack.js";
import { pkiSchema } from "./pki.js";
import { accessSchema, authSchema, containerImagesSchema, servicesSchema } from "./services.js";
import { terraformSchema } from "./terraform.js";

export const API_VERSION = "kaas/v1";

const commonSections = {
  apiVersion: z.literal(API_VERSION).describe("Version of this file's format."),
  cluster: clusterSchema.describe("The cluster itself."),
  access: accessSchema.describe("Who administers the cluster and its nodes."),
  auth: authSchema,
  services: servicesSchema.describe("Managed services; each can be switched off."),
  terraform: terraformSchema.describe("Terraform's state and providers."),
  containerImages: containerImagesSchema.describe("Where container images come from."),
};

/** The sections of a bootstrap.yaml for OpenStack. Each is parsed by itself, so that one mistake hides no other. */
export const openStackSections = {
  ...commonSections,
  provider: openStackProviderSchema.describe("The OpenStack cloud."),
  network: openStackNetworkSchema.describe("Networks of the cluster and who may reach it."),
  etcd: etcdSchema.prefault({}).describe("The etcd cluster."),
  controlPlane: controlPlaneSchema.prefault({}).describe("The controllers: API server, controller manager, scheduler."),
  workers: workersSchema.describe("Pools of workers. Default: one pool with three."),
  nodes: nodesSchema.describe("What every node runs."),
  pki: pkiSchema.describe("Certificates and keys of the cluster, which `kaasctl preconfigure` makes."),
};

/** The sections of a bootstrap.yaml for Amazon EKS. */
export const eksSections = {
  ...commonSections,
  provider: eksProviderSchema.describe("The AWS account's region and network."),
  network: eksNetworkSchema.prefault({}).describe("Networks of the cluster."),
  workers: nodeGroupsSchema.describe("Managed node groups. Default: one with three nodes."),
};

export type OpenStackSections = { [K in keyof typeof openStackSections]: z.output<(typeof openStackSections)[K]> };
export type EksSections = { [K in keyof typeof eksSections]: z.output<(typeof eksSections)[K]> };
