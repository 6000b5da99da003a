import { Agent, request } from "node:http";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { AuthService } from "../support/auth-service.js";

const CLIENTS = 500;
const ROUNDS = 7;
const REVIEWS = 400;
const MOST_RATIO = 3;

let service: AuthService;
let token: string;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
beforeAll(async () => {
  service = await AuthService.start();
  const { id } = await service.call<{ id: string }>("POST", "/users", { username: "alice" });
  ({ token } = await service.call<{ token: string }>("POST", "/tokens", { user_id: id }));
});
afterAll(async () => {
  agent.destroy();
  await service.close();
});

/** Milliseconds. */
function review(): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const options = { ...service.address, agent, method: "POST", path: "/authenticate/token" };
    const sent = request(options, (answer) => {
      answer.resume();
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve(performance.now() - start);
        else reject(new Error(`a review was answered ${answer.statusCode}`));
      });
    });
    sent.on("error", reject);
    sent.end(JSON.stringify({ spec: { token } }));
  });
}

const at = (values: readonly number[], share: number) =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN;

/** Milliseconds within which 95 of 100 reviews are answered. */
async function latency(): Promise<number> {
  const taken = [];
  for (let count = 0; count < REVIEWS; count++) taken.push(await review());
  return at(taken, 0.95);
}

/** Each begins a request and does not end it. */
async function slowClients(beginning: string): Promise<readonly Socket[]> {
  const { host, port } = service.address;
  const sockets = Array.from({ length: CLIENTS }, () => connect(port, host).on("error", () => undefined));
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  for (const socket of sockets) if (beginning !== "") socket.write(beginning);
  return sockets;
}

test.each([
  ["nothing", ""],
  ["half a header", "POST /authenticate/token HTTP/1.1\r\nHost: x\r\nX-Slow: "],
  ["half a body", 'POST /authenticate/token HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{"spec": '],
])(`${CLIENTS} clients that send %s hold up nobody`, async (_, beginning) => {
  await latency();
  const ratios = [];
  for (let round = 0; round < ROUNDS; round++) {
    const without = await latency();
    const sockets = await slowClients(beginning);
    const beside = await latency();
    ratios.push(beside / without);
    await Promise.all(
      sockets.map((socket) => {
        const closed = once(socket, "close");
        socket.destroy();
        return closed;
      }),
    );
  }
  process.stderr.write(`  latency beside them: ${at(ratios, 0.5).toFixed(2)} times that without\n`);
  expect(at(ratios, 0.5)).toBeLessThan(MOST_RATIO);
});

test("who does not end its request is cut off, and the memory is free again", async () => {
  const sockets = await slowClients("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{");
  const start = performance.now();
  const open = sockets.filter((socket) => !socket.destroyed);
  await Promise.all(open.map((socket) => once(socket.resume(), "close")));
  const seconds = (performance.now() - start) / 1000;
  process.stderr.write(`  cut off after ${seconds.toFixed(0)} s\n`);
  // A request has fifteen seconds; Node looks every thirty.
  expect(seconds).toBeLessThan(60);
});
