import { z } from "zod";
import { cluster, clusterChange, clustersQuery, newCluster } from "../../../api/clusters.js";
import { id } from "../../../api/primitives.js";
import { nameOf } from "../domain/principal.js";
import { AuthError } from "../errors.js";
import type { Services } from "../services.js";
import { ConflictError, type StoredCluster } from "../store/store.js";
import { clusterAnswer, pageAnswer, pageRequest } from "./answers.js";
import { askingAdministrator, askingPrincipal } from "./principal.js";
import type { Server } from "./server-type.js";

const tags = ["clusters"];
const params = z.object({ id });

/** The clusters whose users sign in here. Everybody who has signed in sees them; administrators change them. */
export function addClusterRoutes(server: Server, services: Services): void {
  const { store, askingClusters, audit } = services;
  const found = async (clusterId: string): Promise<StoredCluster> => {
    const known = await store.clusters.find(clusterId);
    if (known === undefined) throw new AuthError("notFound");
    return known;
  };

  server.get(
    "/clusters",
    { schema: { tags, summary: "List clusters", querystring: clustersQuery, response: { 200: z.array(cluster) } } },
    async (request, reply) => {
      await askingPrincipal(request, services);
      const { name, ...page } = request.query;
      const list = await store.clusters.list(name === undefined ? {} : { name }, pageRequest(page));
      return pageAnswer(request, reply, list, clusterAnswer);
    },
  );

  server.post(
    "/clusters",
    { schema: { tags, summary: "Register a cluster", body: newCluster, response: { 201: cluster } } },
    async (request, reply) => {
      const principal = await askingAdministrator(request, services);
      const { name, kubeconfig, admin_role: adminRole, role_scope: roleScope } = request.body;
      const made: StoredCluster = {
        id: services.randomId(),
        name,
        kubeconfig,
        adminRole,
        ...(roleScope !== null && { roleScope }),
        created: new Date(services.now()),
      };
      try {
        await store.clusters.create(made);
      } catch (error) {
        if (error instanceof ConflictError) throw new AuthError("conflict", undefined, { cause: error });
        throw error;
      }
      askingClusters.forget(name);
      audit({ event: "cluster.create", by: nameOf(principal), requestId: request.id, cluster: name });
      void reply.code(201);
      return clusterAnswer(made);
    },
  );

  server.patch(
    "/clusters/:id",
    { schema: { tags, summary: "Change a cluster", params, body: clusterChange, response: { 200: cluster } } },
    async (request) => {
      const principal = await askingAdministrator(request, services);
      const before = await found(request.params.id);
      const {
        kubeconfig = before.kubeconfig,
        admin_role: adminRole = before.adminRole,
        role_scope: scope,
      } = request.body;
      const { roleScope: scopeBefore, ...rest } = before;
      const roleScope = scope === undefined ? scopeBefore : scope;
      const after = { ...rest, kubeconfig, adminRole, ...(roleScope != null && { roleScope }) };
      if (!(await store.clusters.replace(after))) throw new AuthError("notFound");
      askingClusters.forget(after.name);
      audit({ event: "cluster.change", by: nameOf(principal), requestId: request.id, cluster: after.name });
      return clusterAnswer(after);
    },
  );

  server.delete(
    "/clusters/:id",
    { schema: { tags, summary: "Forget a cluster", params, response: { 204: z.null() } } },
    async (request, reply) => {
      const principal = await askingAdministrator(request, services);
      const before = await found(request.params.id);
      if (!(await store.clusters.delete(before.id))) throw new AuthError("notFound");
      askingClusters.forget(before.name);
      audit({ event: "cluster.delete", by: nameOf(principal), requestId: request.id, cluster: before.name });
      void reply.code(204);
      return null;
    },
  );
}
