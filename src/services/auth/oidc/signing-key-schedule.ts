/** When a key signs, and who knows of it. */
export interface ScheduledKey {
  readonly number: number;
  readonly signsFrom: Date;
}

export interface KeySchedule {
  /** How long a key signs. */
  readonly lifetimeMilliseconds: number;
  /** How long before it signs a key is published. */
  readonly aheadMilliseconds: number;
  /** How long it stays published when it signs no more. */
  readonly afterMilliseconds: number;
}

/** The key that signs: the latest whose time has come. One that was passed over before it signed never does. */
export function signingKeyOf<K extends ScheduledKey>(keys: readonly K[], now: number): K | undefined {
  return inOrder(keys).findLast(({ signsFrom }) => signsFrom.getTime() <= now);
}

/** Those that tokens may be signed with that are still shown, or will be soon. */
export function publishedKeysOf<K extends ScheduledKey>(
  keys: readonly K[],
  now: number,
  { afterMilliseconds }: Pick<KeySchedule, "afterMilliseconds">,
): readonly K[] {
  return inOrder(keys).filter(({ number }) => {
    const later = keys.filter((other) => other.number > number).map(({ signsFrom }) => signsFrom.getTime());
    return now < Math.min(...later) + afterMilliseconds;
  });
}

/** When a new key shall begin to sign; undefined while none is due. */
export function nextSignsFrom(
  keys: readonly ScheduledKey[],
  now: number,
  { lifetimeMilliseconds, aheadMilliseconds }: Pick<KeySchedule, "lifetimeMilliseconds" | "aheadMilliseconds">,
): Date | undefined {
  const last = inOrder(keys).at(-1);
  if (last === undefined || signingKeyOf(keys, now) === undefined) return new Date(now);
  const end = last.signsFrom.getTime() + lifetimeMilliseconds;
  return end - aheadMilliseconds > now ? undefined : new Date(Math.max(end, now + aheadMilliseconds));
}

function inOrder<K extends ScheduledKey>(keys: readonly K[]): readonly K[] {
  return [...keys].sort((one, other) => one.number - other.number);
}
