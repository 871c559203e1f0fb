import type { ExchangeRequest } from './exchangeRequest';
import type { OperationId } from './operationId';
import type { SandboxWorld } from './world';

/** What can go wrong with one exchange. `before the effect` means that the world is as it was. */
export type Fault =
  /** The request is handled, but later. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** No answer until the client gives up; before the effect unless said otherwise. */
  | { readonly kind: 'hang'; readonly afterEffect?: boolean }
  | { readonly kind: 'resetBeforeEffect' }
  | { readonly kind: 'resetAfterEffect' }
  /** Another answer in place of the sandbox's own; before the effect unless said otherwise. */
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Text is sent as it is, anything else as JSON. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly afterEffect?: boolean;
    }
  /** After the effect, the JSON answer breaks off: half-way unless said otherwise. */
  | { readonly kind: 'truncatedJson'; readonly keepBytes?: number }
  /** After the effect, another JSON answer is made of the sandbox's own. */
  | {
      readonly kind: 'transformBody';
      readonly transform: (body: unknown, request: ExchangeRequest) => unknown;
    }
  /** After the effect, valid JSON of this size. */
  | { readonly kind: 'largeBody'; readonly bytes: number }
  /** The answer of success, and nothing was done. */
  | { readonly kind: 'withoutEffect' }
  /** The answer's `Date` is so much later than the sandbox's own clock. */
  | { readonly kind: 'wrongClock'; readonly errorMs: number }
  /** Something else happens in the world before the request is handled. */
  | {
      readonly kind: 'before';
      readonly change: (world: SandboxWorld, request: ExchangeRequest) => void | Promise<void>;
    };

export type FaultKind = Fault['kind'];

/** Which requests a fault meets. Everything that is given must hold. */
export interface FaultTarget {
  readonly operation?: OperationId;
  readonly method?: string;
  readonly when?: (request: ExchangeRequest) => boolean;
  /** The fault begins with this one of the requests that match the rest; from 1, which is the default. */
  readonly nth?: number;
}

export interface FaultRule {
  /** Without it every request. */
  readonly on?: FaultTarget;
  /** How many requests it meets from `nth` on; 1 unless said otherwise. */
  readonly times?: number | 'always';
  readonly fault: Fault;
}

export interface InjectedFault {
  readonly kind: FaultKind;
  readonly request: ExchangeRequest;
}

/** Faults of one sandbox, off until they are added. */
export class Faults {
  readonly #active = new Map<FaultRule, { matched: number }>();
  readonly #injected: InjectedFault[] = [];

  /** @returns Takes the fault away again. Several faults may meet in one request and apply in order of addition. */
  add(rule: FaultRule): () => void {
    const own = { ...rule };
    this.#active.set(own, { matched: 0 });
    return () => this.#active.delete(own);
  }

  clear(): void {
    this.#active.clear();
  }

  /** What was injected so far. */
  get injected(): readonly InjectedFault[] {
    return this.#injected;
  }

  /** Faults that meet this request. Counts it, so it is asked once per request. */
  take(request: ExchangeRequest): readonly Fault[] {
    const due = [...this.#active].filter(([rule, count]) => isDue(rule, count, request));
    return due.map(([{ fault }]) => {
      this.#injected.push({ kind: fault.kind, request });
      return fault;
    });
  }
}

function isDue(
  { on = {}, times = 1 }: FaultRule,
  count: { matched: number },
  request: ExchangeRequest,
): boolean {
  const { operation, method, when, nth = 1 } = on;
  const isMatch =
    (operation === undefined || operation === request.operation) &&
    (method === undefined || method === request.method) &&
    (when === undefined || when(request));
  if (!isMatch) {
    return false;
  }
  count.matched += 1;
  return count.matched >= nth && (times === 'always' || count.matched < nth + times);
}
