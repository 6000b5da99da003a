import { TLSSocket } from "node:tls";
import type { FastifyRequest } from "fastify";

const names = new WeakMap<TLSSocket, string>();

/** CN of the client certificate that our authority issued; undefined without one. It holds as long as its connection. */
export function clientNameOf({ raw: { socket } }: FastifyRequest): string | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const known = names.get(socket);
  if (known !== undefined) return known;
  // Several CNs come as a list: whoever has two names is nobody.
  const name: unknown = socket.getPeerCertificate().subject.CN;
  if (typeof name !== "string") return undefined;
  names.set(socket, name);
  return name;
}
