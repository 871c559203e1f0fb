import type { Answer } from './answer';
import type { ExchangeRequest } from './exchangeRequest';
import type { Fault } from './faults';
import type { Reply } from './reply';

/** The reply of a fault that comes before the effect; the world stays as it was. */
export function replyBeforeEffect(faults: readonly Fault[]): Reply | undefined {
  for (const fault of faults) {
    if (fault.kind === 'resetBeforeEffect') {
      return { kind: 'reset' };
    }
    if ((fault.kind === 'hang' || fault.kind === 'status') && fault.afterEffect !== true) {
      return fault.kind === 'hang' ? { kind: 'hang' } : { kind: 'answer', answer: answerOf(fault) };
    }
  }
  return undefined;
}

/** The reply after the effect: the sandbox's own answer, or what the faults make of it. */
export function replyAfterEffect(answer: Answer, faults: readonly Fault[], request: ExchangeRequest): Reply {
  return faults.reduce<Reply>((reply, fault) => shape(reply, fault, request), { kind: 'answer', answer });
}

/** Whether the client gets anything but the sandbox's own answer. */
export function shapesAnswer({ kind }: Fault): boolean {
  return kind !== 'latency' && kind !== 'before' && kind !== 'withoutEffect' && kind !== 'wrongClock';
}

function shape(reply: Reply, fault: Fault, request: ExchangeRequest): Reply {
  if (reply.kind !== 'answer') {
    return reply; // nothing is left to shape
  }
  switch (fault.kind) {
    case 'transformBody': {
      const { answer } = reply;
      return { kind: 'answer', answer: { ...answer, body: fault.transform(copyOf(answer.body), request) } };
    }
    case 'status':
      return { kind: 'answer', answer: answerOf(fault) };
    case 'truncatedJson':
      return { kind: 'truncated', answer: reply.answer, keepBytes: fault.keepBytes };
    case 'largeBody':
      return { kind: 'large', bytes: fault.bytes };
    case 'resetAfterEffect':
      return { kind: 'reset' };
    case 'hang':
      return { kind: 'hang' };
    case 'latency':
    case 'before':
    case 'withoutEffect':
    case 'wrongClock':
    case 'resetBeforeEffect':
      return reply;
  }
}

function answerOf({ status, body, headers }: Extract<Fault, { kind: 'status' }>): Answer {
  return { status, body: body ?? '', ...(headers === undefined ? {} : { headers }) };
}

/** As the client would parse it, so that a transformation may change it in place. */
function copyOf(body: unknown): unknown {
  return Buffer.isBuffer(body) ? Buffer.from(body) : JSON.parse(JSON.stringify(body));
}
