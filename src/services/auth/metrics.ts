import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { kubernetesAuthMetrics as names } from "../../api/auth-metrics.js";

/** From half a millisecond, which a review takes, to what the slowest back-end is waited for. */
const BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What Prometheus reads of the service. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = this.counter(names.requests, "HTTP requests.", ["route", "method", "code"]);
  readonly requestDuration = new Histogram({
    name: names.requestDuration,
    help: "Time that HTTP requests took.",
    labelNames: ["route", "method"],
    buckets: BUCKETS_SECONDS,
    registers: [this.registry],
  });
  readonly tokenReviews = this.counter(names.tokenReviews, "Reviews of tokens.", ["result"]);
  readonly signIns = this.counter(names.signIns, "Attempts to sign in.", ["backend", "result"]);
  readonly storeUp = this.gauge(names.storeUp, "Whether the store answered last time.", []);
  readonly identityBackendUp = this.gauge(names.identityBackendUp, "Whether the back-end answered last time.", [
    "backend",
  ]);
  readonly identityAge = this.gauge(names.identityAge, "Age of the oldest identity that is served.", ["backend"]);

  readonly tokensExpiring = this.gauge(names.tokensExpiring, "Valid tokens that end within the time of warnings.", []);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  private counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  private gauge<L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }
}
