import { Connection, requestOf } from "./connection.js";

export interface Target {
  readonly port: number;
  /** The token of the n-th request. */
  readonly tokenOf: (count: number) => string;
}

const CONNECTIONS = 32;

async function withConnections<T>(port: number, work: (connections: readonly Connection[]) => Promise<T>): Promise<T> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(port)));
  try {
    return await work(connections);
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** As many requests as it takes for a time. @returns how many a second were answered */
export function throughput({ port, tokenOf }: Target, milliseconds: number): Promise<number> {
  return withConnections(port, async (connections) => {
    const start = performance.now();
    let count = 0;
    const busy = async (connection: Connection) => {
      while (performance.now() - start < milliseconds) await connection.ask(requestOf(tokenOf(count++)));
    };
    await Promise.all(connections.map(busy));
    return (count / (performance.now() - start)) * 1000;
  });
}

/** @returns milliseconds until all of them were answered */
export function drain({ port, tokenOf }: Target, requests: number): Promise<number> {
  return withConnections(port, async (connections) => {
    const start = performance.now();
    let count = 0;
    const busy = async (connection: Connection) => {
      while (count < requests) await connection.ask(requestOf(tokenOf(count++)));
    };
    await Promise.all(connections.map(busy));
    return performance.now() - start;
  });
}

/**
 * Requests that come at a rate, whether or not the ones before were answered: a server that stops for a moment is seen by all
 * that came meanwhile.
 *
 * @returns the 99th of a hundred times from when a request was due to its answer, in milliseconds
 */
export function latency({ port, tokenOf }: Target, rate: number, milliseconds: number): Promise<number> {
  return withConnections(port, async (connections) => {
    const start = performance.now();
    const taken: number[] = [];
    const waiting: number[] = [];
    const free = [...connections];
    const open = new Set<Promise<void>>();
    let due = 0;
    const serve = async (connection: Connection) => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await connection.ask(requestOf(tokenOf(taken.length)));
        taken.push(performance.now() - next);
      }
      free.push(connection);
    };
    while (performance.now() - start < milliseconds) {
      for (let at = start + (due * 1000) / rate; at <= performance.now(); at = start + (++due * 1000) / rate) {
        waiting.push(at);
      }
      while (waiting.length > 0 && free.length > 0) {
        const connection = free.pop();
        if (connection === undefined) break;
        const work = serve(connection).finally(() => open.delete(work));
        open.add(work);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(open);
    return taken.sort((one, other) => one - other)[Math.floor(taken.length * 0.99)] ?? Number.NaN;
  });
}
