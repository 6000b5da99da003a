interface Held<T> {
  readonly value: Promise<T>;
  readonly since: number;
}

/** Answers that hold for a short while, by key. Who asks for the same meanwhile shares one; a failure is not kept. */
export class BriefMemory<T> {
  private readonly held = new Map<string, Held<T>>();

  /** @param now milliseconds since 1970 */
  constructor(
    private readonly holdsMilliseconds: number,
    private readonly now: () => number,
  ) {}

  get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.held.get(key);
    if (known !== undefined && this.now() - known.since < this.holdsMilliseconds) return known.value;
    const value = ask();
    this.held.set(key, { value, since: this.now() });
    value.catch(() => {
      if (this.held.get(key)?.value === value) this.held.delete(key);
    });
    return value;
  }
}
