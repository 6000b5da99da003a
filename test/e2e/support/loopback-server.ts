import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";

export const HOST = "127.0.0.1";

export function startServer(binary: string, args: readonly string[]): ChildProcess {
  return spawn(binary, args, { stdio: "ignore" });
}

const PATIENCE_MS = 15_000;

/** Ends a server that was started here, paused or not, and does not wait for ever. */
export async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const impatience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    child.once("exit", () => {
      clearTimeout(impatience);
      resolve();
    });
    child.kill("SIGCONT");
    child.kill("SIGINT");
  });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves when something listens; gives up after a minute. */
export async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, HOST);
      socket
        .once("connect", () => {
          resolve(true);
        })
        .once("error", () => {
          resolve(false);
        });
      socket.once("connect", () => socket.end());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`nothing answers on ${HOST}:${port}`);
}
