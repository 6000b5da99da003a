import type { Services } from "../services.js";
import type { Server } from "./server-type.js";

/** How the service is, for Kubernetes and Prometheus. */
export function addHealthRoutes(server: Server, services: Services): void {
  const { store, backend, directory, metrics } = services;

  server.get("/healthz", { schema: { hide: true } }, () => "ok");

  // Without its store it can decide nothing. Without the identity back-end it still serves what it knows.
  server.get("/readyz", { schema: { hide: true } }, async () => {
    await store.ping();
    return "ok";
  });

  server.get("/metrics", { schema: { hide: true } }, async (_request, reply) => {
    metrics.storeUp.set(await answers(() => store.ping()));
    metrics.identityBackendUp.set({ backend: backend.name }, await answers(() => backend.ping()));
    metrics.identityAge.set({ backend: backend.name }, directory.oldestSeconds);
    void reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
}

async function answers(ask: () => Promise<void>): Promise<0 | 1> {
  try {
    await ask();
    return 1;
  } catch {
    return 0;
  }
}
