import { z } from "zod";
import { httpsUrl, imageRepository, imageTag, name, sshPublicKey, wholeNumber } from "./primitives.js";

const enabled = z.boolean().default(true);

/** Hours, minutes: Flatcar's reboot windows and cron both speak local time; ours is UTC. */
const timeOfDay = z
  .string()
  .refine((value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), {
    params: { expected: "a time of day, UTC", remedy: 'write it like "02:30", in quotes' },
  });

export const servicesSchema = z
  .strictObject({
    logging: z
      .strictObject({
        enabled,
        replicas: wholeNumber(1, 9, "Elasticsearch nodes").default(3).describe("3: survives the loss of one."),
        retentionDays: wholeNumber(1, 365, "days").default(7),
      })
      .prefault({})
      .describe("Elasticsearch, Fluentd and Kibana."),
    monitoring: z
      .strictObject({
        enabled,
        replicas: wholeNumber(1, 5, "replicas").default(2).describe("Of each Prometheus, of Alertmanager and Grafana."),
        retentionDays: wholeNumber(1, 365, "days").default(3),
      })
      .prefault({})
      .describe("Prometheus, Alertmanager and Grafana."),
    registry: z
      .strictObject({
        enabled,
        databaseGiB: wholeNumber(1, 1024, "GiB").default(10).describe("Metadata; images are in object storage."),
      })
      .prefault({})
      .describe("Harbor."),
    backup: z
      .strictObject({
        enabled,
        retentionDays: wholeNumber(1, 3650, "days").default(30),
        etcdSnapshotHours: wholeNumber(1, 24, "hours").default(8).describe("Time between two snapshots of etcd."),
      })
      .prefault({})
      .describe("Velero, and snapshots of etcd."),
    ingress: z
      .strictObject({ enabled, replicas: wholeNumber(1, 100, "replicas").default(2) })
      .prefault({})
      .describe("NGINX Ingress Controller."),
    dashboard: z.strictObject({ enabled }).prefault({}).describe("Headlamp."),
    nodeUpdates: z
      .strictObject({
        enabled,
        rebootWindow: z
          .strictObject({ start: timeOfDay, durationMinutes: wholeNumber(10, 1440, "minutes") })
          .optional()
          .describe("When nodes may reboot for updates, UTC. Default: at any time, one node at a time."),
      })
      .prefault({})
      .describe("Flatcar Linux Update Operator."),
  })
  .prefault({});

export const accessSchema = z
  .strictObject({
    adminRole: name(64)
      .optional()
      .describe("Keystone role whose members administer the cluster. Default: `<cluster>-admins`."),
    sshKeys: z
      .array(sshPublicKey)
      .default([])
      .describe("Public keys that may log in to nodes as `core`, where `sshAllowedCidrs` lets them."),
    oidc: z
      .strictObject({
        issuer: httpsUrl,
        clientId: z.string().min(1).default("kubernetes"),
        usernameClaim: z.string().min(1).default("sub"),
        groupsClaim: z.string().min(1).default("groups"),
      })
      .optional()
      .describe("An OpenID Connect issuer that the API server trusts beside kubernetes-auth."),
  })
  .prefault({});

export const authSchema = z
  .discriminatedUnion("mode", [
    z.strictObject({ mode: z.literal("hosted").describe("kubernetes-auth runs in this cluster.") }),
    z.strictObject({
      mode: z.literal("external").describe("One kubernetes-auth elsewhere serves every cluster of the environment."),
      url: httpsUrl,
    }),
  ])
  .prefault({ mode: "hosted" })
  .describe("Where kubernetes-auth runs.");

export const containerImagesSchema = z
  .strictObject({
    mirror: imageRepository.optional().describe("Registry that mirrors every image, for sites without internet."),
    overrides: z
      .record(name(40), z.strictObject({ name: imageRepository, tag: imageTag }))
      .default({})
      .describe("Images to use instead of the catalogue's, by component."),
  })
  .prefault({});
