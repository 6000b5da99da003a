import { z } from "zod";
import { monitoringSchema } from "./monitoring.js";
import {
  httpsUrl,
  imageRepository,
  imageTag,
  name,
  secretReference,
  sshPublicKey,
  text,
  wholeNumber,
} from "./primitives.js";

const enabled = z.boolean().default(true).describe("Whether the service runs.");

/** Hours, minutes: Flatcar's reboot windows and cron both speak local time; ours is UTC. */
const timeOfDay = text((value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), {
  expected: "a time of day, UTC",
  remedy: 'write it like "02:30", in quotes',
});

export const servicesSchema = z
  .strictObject({
    logging: z
      .strictObject({
        enabled,
        replicas: wholeNumber(1, 9, "Elasticsearch nodes").default(3).describe("3: survives the loss of one."),
        retentionDays: wholeNumber(1, 365, "days").default(7).describe("How long logs are kept."),
      })
      .prefault({})
      .describe("Elasticsearch, Fluentd and Kibana."),
    monitoring: monitoringSchema,
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
        retentionDays: wholeNumber(1, 3650, "days").default(30).describe("How long backups are kept."),
        etcdSnapshotHours: wholeNumber(1, 24, "hours").default(8).describe("Time between two snapshots of etcd."),
      })
      .prefault({})
      .describe("Velero, and snapshots of etcd."),
    ingress: z
      .strictObject({
        enabled,
        replicas: wholeNumber(1, 100, "replicas")
          .default(2)
          .describe("Of the controller, each on a worker of its own."),
      })
      .prefault({})
      .describe("NGINX Ingress Controller."),
    dashboard: z.strictObject({ enabled }).prefault({}).describe("Headlamp."),
    nodeUpdates: z
      .strictObject({
        enabled,
        rebootWindow: z
          .strictObject({
            start: timeOfDay.describe("Time of day, UTC, in quotes."),
            durationMinutes: wholeNumber(10, 1440, "minutes").describe("Length of the window."),
          })
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
      .describe(
        "Role whose members administer the cluster, in Keystone where that knows the users. Default: `<cluster>-admins`.",
      ),
    sshKeys: z
      .array(sshPublicKey)
      .default([])
      .describe("Public keys that may log in to nodes as `core`, where `sshAllowedCidrs` lets them."),
    oidc: z
      .strictObject({
        issuer: httpsUrl.describe("The issuer's address, as its tokens name it."),
        clientId: z.string().min(1).default("kubernetes").describe("Audience that its tokens must have."),
        usernameClaim: z.string().min(1).default("sub").describe("Claim that holds the user's name."),
        groupsClaim: z.string().min(1).default("groups").describe("Claim that holds the user's groups."),
      })
      .optional()
      .describe("An OpenID Connect issuer that the API server trusts beside kubernetes-auth."),
  })
  .prefault({});

const authorization = z
  .boolean()
  .default(false)
  .describe(
    "Whether kubernetes-auth is also asked what a user may do, before RBAC: its deny rules hold whatever roles allow. Not on EKS.",
  );

export const authSchema = z
  .discriminatedUnion("mode", [
    z.strictObject({ mode: z.literal("hosted").describe("kubernetes-auth runs in this cluster."), authorization }),
    z.strictObject({
      mode: z.literal("external").describe("One kubernetes-auth elsewhere serves every cluster of the environment."),
      url: httpsUrl.describe("Address of that kubernetes-auth."),
      caCertificate: z
        .strictObject({ file: z.string().min(1).describe("PEM file, relative to bootstrap.yaml.") })
        .optional()
        .describe("CA of that address. Default: those that the operating system trusts."),
      authorization,
    }),
  ])
  .prefault({ mode: "hosted" })
  .describe("Where kubernetes-auth runs.");

export const containerImagesSchema = z
  .strictObject({
    mirror: imageRepository
      .optional()
      .describe("Registry that mirrors every image as `<mirror>/<registry>/<repository>`, for sites without internet."),
    mirrorAuth: z
      .strictObject({
        username: z.string().min(1).describe("Who signs in."),
        password: secretReference.describe("Where `kaasctl preconfigure` reads the password."),
      })
      .optional()
      .describe("How nodes sign in at the mirror. Default: they need not. On EKS the nodes' role pulls from ECR."),
    overrides: z
      .record(
        name(40),
        z.strictObject({ name: imageRepository.describe("Repository."), tag: imageTag.describe("Tag.") }),
      )
      .default({})
      .describe("Images to use instead of the catalogue's, by component."),
  })
  .prefault({});
