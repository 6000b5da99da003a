const env = (name: string) => ({ env: name });

/** `services.monitoring` that tells somebody: a receiver of every kind, and the dead man's switch. */
export const toldMonitoring = {
  heartbeat: { url: env("SWITCH") },
  notifications: [
    { type: "webhook", name: "hook", url: env("HOOK"), port: 8443, severities: ["critical"] },
    { type: "slack", name: "chat", url: env("CHAT"), channel: "#alerts", severities: ["warning", "info"] },
    { type: "pagerDuty", name: "duty", routingKey: env("DUTY") },
    {
      type: "email",
      name: "mail",
      to: "ops@example.com",
      from: "kaas@example.com",
      smarthost: "mail.example.com:587",
      auth: { username: "kaas", password: env("MAIL") },
    },
  ],
};
