import type { X509Certificate } from "node:crypto";

const MILLISECONDS_PER_MINUTE = 60_000;
export const MILLISECONDS_PER_DAY = 86_400_000;

/** A certificate's times are whole seconds. */
export function addMinutes(time: Date, minutes: number): Date {
  return new Date(Math.floor((time.getTime() + minutes * MILLISECONDS_PER_MINUTE) / 1000) * 1000);
}

export function addDays(time: Date, days: number): Date {
  return addMinutes(time, (days * MILLISECONDS_PER_DAY) / MILLISECONDS_PER_MINUTE);
}

/** From when to when a certificate is valid. */
export interface Validity {
  readonly from: Date;
  readonly to: Date;
}

export function validityOf({ validFrom, validTo }: X509Certificate): Validity {
  return { from: new Date(validFrom), to: new Date(validTo) };
}

export function isExpired({ to }: Validity, now: Date): boolean {
  return to.getTime() < now.getTime();
}

/** Whether less than a third of its life is left, or less than `days`, whichever is the shorter time. */
export function endsSoon({ from, to }: Validity, days: number, now: Date): boolean {
  const third = (to.getTime() - from.getTime()) / 3;
  return to.getTime() - now.getTime() < Math.min(third, days * MILLISECONDS_PER_DAY);
}

/** `2036-11-18` */
export function isoDate(time: Date): string {
  return time.toISOString().slice(0, "2036-11-18".length);
}

/** `on 2026-12-01, in 10 days` */
export function inDays(end: Date, now: Date): string {
  const days = Math.floor((end.getTime() - now.getTime()) / MILLISECONDS_PER_DAY);
  return `on ${isoDate(end)}, ${days === 1 ? "in 1 day" : `in ${days} days`}`;
}
