import pLimit from "p-limit";
import type { RoleScope } from "../../../api/clusters.js";
import { BackendUnavailableError, type Identity, type IdentityBackend } from "./identity-backend.js";

export interface IdentityDirectoryOptions {
  readonly backend: IdentityBackend;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long an answer of the back-end holds. */
  readonly freshSeconds: number;
  /** How long it is served while the back-end does not answer. */
  readonly staleSeconds: number;
  /** How many answers are kept. */
  readonly capacity: number;
}

interface Entry {
  readonly subject: string;
  readonly scope?: RoleScope;
  /** Undefined: there is no such user. */
  readonly identity: Identity | undefined;
  readonly askedAt: number;
  usedAt: number;
}

interface Question {
  readonly subject: string;
  readonly answer: Promise<Entry>;
}

/** So many questions at once: more would all wait for each other at the back-end, until the time of none was enough. */
const QUESTIONS_AT_ONCE = 8;
/** Whoever waits for longer has no answer: API servers wait for half a minute. */
const LONGEST_WAIT_MILLISECONDS = 10_000;

/** While the back-end is down, one question so often tries whether it is up again: the others need not wait for it in vain. */
const OUTAGE_TRIAL_MILLISECONDS = 5000;

/**
 * Who users are, asked of the back-end at most once in a while for each. While it is down, what it said last is served for a
 * bounded time: nobody is locked out by a short failure, and nobody keeps a lost role for long.
 */
export class IdentityDirectory {
  /** Least recently used first. */
  private readonly entries = new Map<string, Entry>();
  private readonly asking = new Map<string, Question>();
  /** When the next question may be tried; undefined while the back-end answers. */
  private nextTrialAt: number | undefined;
  private readonly inTurn = pLimit(QUESTIONS_AT_ONCE);

  constructor(private readonly options: IdentityDirectoryOptions) {}

  /**
   * @returns undefined when there is no such user
   * @throws BackendUnavailableError when the back-end is down and what it said last is too old
   */
  async find(subject: string, scope?: RoleScope): Promise<Identity | undefined> {
    const key = keyOf(subject, scope);
    const now = this.options.now();
    const known = this.entries.get(key);
    if (known !== undefined) {
      known.usedAt = now;
      this.keep(key, known);
      const age = now - known.askedAt;
      if (age < this.options.freshSeconds * 1000) return known.identity;
      if (age < this.options.staleSeconds * 1000 && !this.mayTry(now)) return known.identity;
    }
    try {
      return (await this.ask(key, subject, scope)).identity;
    } catch (error) {
      if (!(error instanceof BackendUnavailableError) || known === undefined) throw error;
      if (this.options.now() - known.askedAt >= this.options.staleSeconds * 1000) throw error;
      return known.identity;
    }
  }

  /** Asks again for those who were used since they were asked for, so that reviews need not wait. Ends at an outage. */
  async refresh(): Promise<void> {
    const now = this.options.now();
    for (const [key, { subject, scope, usedAt, askedAt }] of [...this.entries]) {
      const halfway = now - askedAt >= (this.options.freshSeconds * 1000) / 2;
      if (usedAt <= askedAt || !halfway) continue;
      try {
        await this.ask(key, subject, scope);
      } catch (error) {
        if (!(error instanceof BackendUnavailableError)) throw error;
        return;
      }
    }
  }

  /** Forgets what is known of a user: it has just changed. */
  forget(subject: string): void {
    for (const [key, entry] of this.entries) if (entry.subject === subject) this.entries.delete(key);
    // What is being answered may be of before the change.
    for (const [key, question] of this.asking) if (question.subject === subject) this.asking.delete(key);
  }

  /** Seconds since the oldest answer that is still served was given; 0 when there is none. */
  get oldestSeconds(): number {
    const now = this.options.now();
    const limit = this.options.staleSeconds * 1000;
    let oldest = 0;
    for (const { askedAt } of this.entries.values()) {
      const age = now - askedAt;
      if (age < limit && age > oldest) oldest = age;
    }
    return oldest / 1000;
  }

  /** Who asks for the same at the same time waits for one answer. */
  private ask(key: string, subject: string, scope: RoleScope | undefined): Promise<Entry> {
    const pending = this.asking.get(key);
    if (pending !== undefined) return pending.answer;
    const since = this.options.now();
    const question = { subject, answer: this.inTurn(() => this.answer(subject, scope, since)) };
    this.asking.set(key, question);
    const settle = (entry?: Entry) => {
      if (this.asking.get(key) !== question) return;
      this.asking.delete(key);
      if (entry !== undefined) this.keep(key, entry);
    };
    question.answer.then(settle, () => {
      settle();
    });
    return question.answer;
  }

  private async answer(subject: string, scope: RoleScope | undefined, since: number): Promise<Entry> {
    const askedAt = this.options.now();
    if (askedAt - since > LONGEST_WAIT_MILLISECONDS) {
      throw new BackendUnavailableError("the identity back-end has more questions than it can answer");
    }
    try {
      const identity = await this.options.backend.find(subject, scope);
      this.nextTrialAt = undefined;
      return { subject, ...(scope && { scope }), identity, askedAt, usedAt: askedAt };
    } catch (error) {
      if (error instanceof BackendUnavailableError) this.nextTrialAt = this.options.now() + OUTAGE_TRIAL_MILLISECONDS;
      throw error;
    }
  }

  private mayTry(now: number): boolean {
    if (this.nextTrialAt === undefined) return true;
    if (now < this.nextTrialAt) return false;
    this.nextTrialAt = now + OUTAGE_TRIAL_MILLISECONDS;
    return true;
  }

  private keep(key: string, entry: Entry): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (this.entries.size <= this.options.capacity) return;
    const [eldest] = this.entries.keys();
    if (eldest !== undefined) this.entries.delete(eldest);
  }
}

function keyOf(subject: string, scope: RoleScope | undefined): string {
  return JSON.stringify([subject, scope ?? null]);
}
