import { z } from "zod";
import { name, secretReference, text, wholeNumber } from "./primitives.js";

/** How soon somebody has to act: see the runbooks' index. */
const severities = z
  .array(z.enum(["critical", "warning", "info"]))
  .min(1)
  .default(["critical", "warning"])
  .describe("Alerts that it is told: `critical`, `warning`, `info`.");

const receiver = {
  name: name(40).describe("What it is called in Alertmanager."),
  severities,
};

const emailAddress = text((value) => /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(value), {
  expected: "an e-mail address",
  remedy: "write it like alerts@example.com",
});

const smarthost = text((value) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?:[0-9]{1,5}$/.test(value), {
  expected: "a host and its port",
  remedy: "write it like mail.example.com:587",
});

const notification = z
  .discriminatedUnion("type", [
    z.strictObject({
      ...receiver,
      type: z.literal("webhook").describe("An address that takes Alertmanager's own JSON."),
      url: secretReference.describe("Where the address is read."),
      port: wholeNumber(1, 65_535, "port")
        .default(443)
        .describe("Port of that address: Alertmanager is let out to no other."),
    }),
    z.strictObject({
      ...receiver,
      type: z.literal("slack").describe("A channel of Slack, or of what takes its incoming webhooks."),
      channel: z.string().min(1).describe("The channel, with its `#`."),
      url: secretReference.describe("Where the address of the incoming webhook is read."),
    }),
    z.strictObject({
      ...receiver,
      type: z.literal("pagerDuty").describe("A service of PagerDuty."),
      routingKey: secretReference.describe("Where the integration key (Events API v2) is read."),
    }),
    z.strictObject({
      ...receiver,
      type: z.literal("email").describe("E-mail."),
      to: emailAddress.describe("Who gets it."),
      from: emailAddress.describe("Who sends it."),
      smarthost: smarthost.describe("The server that takes it, with TLS."),
      auth: z
        .strictObject({
          username: z.string().min(1).describe("Who signs in."),
          password: secretReference.describe("Where the password is read."),
        })
        .optional()
        .describe("How Alertmanager signs in at that server. Default: it does not."),
    }),
  ])
  .describe("Who is told of alerts, and how.");

export const monitoringSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("Whether the service runs."),
    replicas: wholeNumber(1, 5, "replicas").default(2).describe("Of each Prometheus, of Alertmanager and Grafana."),
    retentionDays: wholeNumber(1, 365, "days")
      .default(3)
      .describe("How long metrics are kept, as long as there is room for them."),
    storageGiB: wholeNumber(5, 16_384, "GiB")
      .default(20)
      .describe("Volume of each replica of the platform's Prometheus. Near its end the oldest metrics go."),
    customerStorageGiB: wholeNumber(5, 16_384, "GiB")
      .default(10)
      .describe(
        "The same of the customers' Prometheus, for namespaces labelled `kaas.rackspace.com/monitoring: customer`.",
      ),
    notifications: z
      .array(notification)
      .default([])
      .describe(
        "Who is told of the platform's alerts. Default: nobody; they are seen in Alertmanager and by the MaaS agent.",
      ),
    heartbeat: z
      .strictObject({ url: secretReference.describe("Where the address (https) is read.") })
      .optional()
      .describe(
        "A dead man's switch outside the cluster, which is told every few minutes that alerts get through, and raises the alarm when it is not.",
      ),
  })
  .prefault({})
  .describe("Prometheus, Alertmanager and Grafana.");
