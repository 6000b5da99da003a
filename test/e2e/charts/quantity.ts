const FACTORS: Readonly<Record<string, number>> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** A quantity of Kubernetes in its base unit: CPUs, or bytes. */
export function quantity(text: string): number {
  const [, number, suffix = ""] = /^([\d.]+)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = FACTORS[suffix];
  if (number === undefined || factor === undefined) throw new Error(`${text} is no quantity`);
  return Number(number) * factor;
}
