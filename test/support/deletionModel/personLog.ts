import type { Exchange } from '../../../src/sandbox/index';
import { Acceptances, type Approval } from './approval';
import type { MemoryJournal } from './memoryJournal';
import type { ModelHub } from './modelHub';
import type { WorldChange } from './observedWorld';
import type { RequestLike } from './moments';
import type { Violation, Violate } from './violation';

/** A request just before it leaves. */
export interface SentRequest extends RequestLike {
  readonly query: URLSearchParams;
  /** When it left. */
  readonly tick: number;
}

/** What a client saw of an answer; no status where none came. */
export interface Answered {
  readonly status: number | undefined;
}

/** An exchange, and when it took place. */
export interface LoggedExchange extends Exchange {
  /** After it. */
  readonly tick: number;
  /** When the server answered, and later when the client has seen that: others may let time pass in between. */
  atMs: number;
}

/** Everything that is known of one person of a run. */
export class PersonLog {
  readonly number: number;
  readonly hub: ModelHub;
  readonly journal: MemoryJournal;
  readonly acceptances = new Acceptances();
  readonly exchanges: LoggedExchange[] = [];
  readonly violations: Violation[] = [];
  /** What the person last said yes to. */
  approval: Approval | undefined;
  /** Losses that nobody could prevent, since somebody else changed something after the last look. */
  raced = 0;
  /** Losses of what no list showed, since the lists lagged behind or were wrong. */
  hidden = 0;

  constructor(number: number, hub: ModelHub, journal: MemoryJournal) {
    this.number = number;
    this.hub = hub;
    this.journal = journal;
  }

  readonly violate: Violate = (rule, text) => {
    this.violations.push({ rule, text: `person ${this.number}: ${text}` });
  };
}

/** What holds for the requests of one API. */
export interface RequestChecks {
  /** Just before a request leaves. */
  willSend(request: SentRequest): void;
  /** A while after the client has seen the answer, so that it had the time to act upon it. */
  didAnswer(request: SentRequest, answered: Answered): void;
  /** Told of each exchange after it was added to the log, with what it changed. */
  didExchange(exchange: LoggedExchange, changes: readonly WorldChange[]): void;
  /** A run of the deletion is over, its listing included. */
  didDelete(): void;
}

export function isSuccess({ status = 0 }: Answered): boolean {
  return status >= 200 && status < 300;
}
