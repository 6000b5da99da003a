import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { runCheck } from "./support/check-prometheus.js";

interface Asked {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly form: Readonly<Record<string, string>>;
}

type Answer = (response: ServerResponse) => void;

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** An HTTP server that answers like a Prometheus, or not at all like one. */
async function serve(answer: Answer): Promise<{ readonly url: string; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      asked.push({ method: request.method, path: request.url, form });
      answer(response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function json(status: number, content: unknown): Answer {
  return (response) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(content));
}

function result(resultType: string, content: unknown): Answer {
  return json(200, { status: "success", data: { resultType, result: content } });
}

const series = [
  { metric: { instance: "a" }, value: [1, "0"] },
  { metric: { instance: "b" }, value: [1, "NaN"] },
];

const arguments_ = (url: string, ...more: readonly string[]) => [
  "--query=up == 0",
  "--check=TargetsDown",
  ...more,
  url,
];

describe("check_prometheus.py counts", () => {
  it.each([
    ["every series of a vector, whatever its value", result("vector", series), "2 results", 2],
    ["one series", result("vector", series.slice(1)), "1 result", 1],
    ["none when nothing fires", result("vector", []), "0 results", 0],
    ["a scalar as one, as a rule does", result("scalar", [1, "0"]), "1 result", 1],
  ])("%s", async (_rule, answer, message, count) => {
    const { url } = await serve(answer);
    expect(await runCheck(arguments_(url))).toEqual({
      code: 0,
      stdout: `status ok ${message}\nmetric TargetsDown int64 ${count}\n`,
      stderr: "",
    });
  });

  it("what the query as it stands gives, sent where Prometheus takes long ones", async () => {
    const { url, asked } = await serve(result("vector", []));
    const query = `label_replace(up{job=~"a|b", path!="\\\\d+ é"}, "x", "$1", "y", "(.*)") > 5 & 'q' % ${"+".repeat(9000)}`;
    const { code } = await runCheck([`--query=${query}`, "--check=Any", "--timeout=7", `${url}/`]);
    expect([code, asked]).toEqual([0, [{ method: "POST", path: "/api/v1/query", form: { query, timeout: "7s" } }]]);
  });

  it("without the proxy that the environment names", async () => {
    const { url } = await serve(result("vector", []));
    const proxy = "http://127.0.0.1:9";
    const { code } = await runCheck(arguments_(url), { http_proxy: proxy, HTTP_PROXY: proxy, no_proxy: "" });
    expect(code).toBe(0);
  });
});

describe("check_prometheus.py measures nothing, and says so,", () => {
  it.each([
    [
      "when the query is wrong",
      json(400, { status: "error", errorType: "bad_data", error: "1:4: parse error:\nunexpected end of input" }),
      /^bad_data: 1:4: parse error: unexpected end of input$/,
    ],
    [
      "when Prometheus gives up",
      json(503, { status: "error", errorType: "timeout", error: "query timed out" }),
      /^timeout: query timed out$/,
    ],
    ["when the query gives no vector", result("matrix", []), /^the query gives a matrix, no vector$/],
    [
      "when the answer is a page",
      (response: ServerResponse) => response.writeHead(502).end("<html>"),
      /^HTTP 502, and the answer/,
    ],
    ["when the answer is other JSON", json(200, { up: true }), /^the answer is not one of Prometheus$/],
    ["when the answer is a list", json(200, []), /^the answer is not one of Prometheus$/],
    ["when the connection is cut", (response: ServerResponse) => response.destroy(), /127\.0\.0\.1/],
    [
      "when the answer is cut",
      (response: ServerResponse) => {
        response.writeHead(200, { "Content-Length": "1000" }).write('{"status":');
        setTimeout(() => response.destroy(), 50);
      },
      /not one of Prometheus$/,
    ],
  ] satisfies [string, Answer, RegExp][])("%s", async (_rule, answer, message) => {
    const { url } = await serve(answer);
    const { code, stdout, stderr } = await runCheck(arguments_(url));
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(/^status err [^\n]+\n$/);
    expect(stdout.slice("status err ".length, -1)).toMatch(message);
  });

  it("when nobody listens", async () => {
    const { url } = await serve(() => undefined);
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    const { code, stdout } = await runCheck(arguments_(url));
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^status err http:\S+ cannot be reached: [^\n]+\n$/)]);
  });

  it("when nobody has the name", async () => {
    const { code, stdout } = await runCheck(arguments_("http://prometheus.invalid:9090"));
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^status err http:\S+ cannot be reached: [^\n]+\n$/)]);
  });

  it.each([
    ["no answer comes in time", () => undefined],
    [
      "the answer comes in drops",
      (response: ServerResponse) => {
        response.writeHead(200);
        const drops = setInterval(() => response.write(" "), 50);
        response.on("close", () => {
          clearInterval(drops);
        });
      },
    ],
  ] satisfies [string, Answer][])("when %s", async (_rule, answer) => {
    const { url } = await serve(answer);
    const { code, stdout } = await runCheck(arguments_(url, "--timeout=0.6"));
    expect([code, stdout]).toEqual([1, `status err ${url} has not answered within 0.6 s\n`]);
  });
});

describe("check_prometheus.py refuses", () => {
  it.each([
    ["no query", ["--check=A", "http://127.0.0.1:9"]],
    ["no name", ["--query=up", "http://127.0.0.1:9"]],
    ["no address", ["--query=up", "--check=A"]],
    ["a name that the agent would split", ["--query=up", "--check=A B", "http://127.0.0.1:9"]],
    ["an address that is none", ["--query=up", "--check=A", "prometheus:9090"]],
    ["a port that is none", ["--query=up", "--check=A", "http://prometheus:port"]],
    ["more time than the agent gives", ["--query=up", "--check=A", "--timeout=30", "http://127.0.0.1:9"]],
    ["no time at all", ["--query=up", "--check=A", "--timeout=0", "http://127.0.0.1:9"]],
    ["no number for the time", ["--query=up", "--check=A", "--timeout=nan", "http://127.0.0.1:9"]],
    ["an abbreviated option", ["--quer=up", "--check=A", "http://127.0.0.1:9"]],
  ])("%s, where the agent reads it", async (_rule, args) => {
    const { code, stdout } = await runCheck(args);
    expect([code, stdout]).toEqual([2, expect.stringMatching(/^status err check_prometheus\.py: [^\n]+\n$/)]);
  });
});
