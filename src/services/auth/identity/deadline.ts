import { BackendUnavailableError } from "./identity-backend.js";

/** Waits no longer than until `signal` is aborted, whatever becomes of the work. */
export function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      reject(new BackendUnavailableError("the identity back-end does not answer in time"));
    };
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", giveUp);
    });
  });
}
