import { request as requestHttp, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";

const CLOSED = ["ECONNRESET", "EPIPE"];

/** Sends a request. @returns its status; 0 when the server has just closed the connection, after a body that it did not read */
export function statusOf(protocol: "http" | "https", options: RequestOptions, body: string): Promise<number> {
  const request = protocol === "http" ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    const sent = request(options, (answer) => {
      answer.resume();
      answer.on("end", () => {
        resolve(answer.statusCode ?? 0);
      });
      answer.on("error", reject);
    });
    sent.on("error", (error: NodeJS.ErrnoException) => {
      if (CLOSED.includes(error.code ?? "")) resolve(0);
      else reject(error);
    });
    sent.end(body);
  });
}
