import { connect, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";

const END_OF_HEADERS = "\r\n\r\n";

/** A connection that carries one request at a time: so little that the server is what is measured. */
export class Connection {
  private answered: (() => void) | undefined;
  private failed: ((error: Error) => void) | undefined;
  private received = "";

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("data", (text) => {
      this.take(String(text));
    });
    const end = (error?: Error) => this.failed?.(error ?? new Error("the server closed the connection"));
    socket.on("error", end);
    socket.on("close", () => {
      end();
    });
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("error", reject);
      socket.once("connect", () => {
        resolve(new Connection(socket));
      });
    });
  }

  static openTls(options: ConnectionOptions): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connectTls(options);
      socket.once("error", reject);
      socket.once("secureConnect", () => {
        resolve(new Connection(socket));
      });
    });
  }

  /** @param request as {@link requestOf} makes it. Fails unless it is answered 200 */
  ask(request: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.answered = resolve;
      this.failed = reject;
      this.socket.write(request, "latin1");
    });
  }

  close(): void {
    this.failed = undefined;
    this.socket.destroy();
  }

  private take(text: string): void {
    this.received += text;
    const end = this.received.indexOf(END_OF_HEADERS);
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.received)?.[1]);
    if (this.received.length < end + END_OF_HEADERS.length + length) return;
    const answer = this.received;
    this.received = "";
    if (answer.startsWith("HTTP/1.1 200") && !answer.includes('"authenticated":false')) this.answered?.();
    else this.failed?.(new Error(`answered ${answer.slice(0, 500)}`));
  }
}

/** A TokenReview as an API server sends it. */
export function requestOf(token: string): string {
  const body = JSON.stringify({
    kind: "TokenReview",
    apiVersion: "authentication.k8s.io/v1",
    metadata: { creationTimestamp: null },
    spec: { token, audiences: ["https://kubernetes.default.svc.cluster.local"] },
    status: { user: {} },
  });
  return [
    "POST /authenticate/token?timeout=30s HTTP/1.1",
    "Host: 127.0.0.1",
    "User-Agent: kube-apiserver/v1.36.3",
    "Accept: application/json, */*",
    "Content-Type: application/json",
    "Accept-Encoding: gzip",
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}
