const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

type Unit = keyof typeof SECONDS;

/** A length of time as Prometheus writes it, a whole number of one unit: `5m`. */
export type Duration = `${number}${Unit}`;

export function secondsOf(duration: Duration): number {
  return Number(duration.slice(0, -1)) * SECONDS[duration.slice(-1) as Unit];
}

/** Started minutes: 90 seconds are two. */
export function minutesOf(duration: Duration): number {
  return Math.ceil(secondsOf(duration) / 60);
}
