import type {
  AnswerRecord,
  FinishReason,
  JournalCollateral,
  JournalImage,
  PlanRecord,
  RequestRecord,
} from '../hub/deletion/journal';
import {
  type CollateralOutcome,
  manifestOutcome,
  type ImageOutcome,
  mayChange,
  type RequestOutcome,
} from '../hub/deletion/outcome';
import type { ImageKey } from '../hub/deletionRequest';
import type { ServerKind } from './journalFormat';
import type { RunFile } from './journalReader';
import type { Writer } from './writer';

/** A request that may have left, with what is known of its answer. */
export interface RunRequest {
  readonly request: RequestRecord;
  /** `undefined`: the file ends before it, so the request may or may not have had an effect. */
  readonly answer: AnswerRecord | undefined;
}

/** An image that was accepted as collateral of the plan, and the last outcome found for it. */
export interface RunCollateral extends JournalCollateral {
  readonly outcome: CollateralOutcome | 'open';
}

export interface RunImage {
  readonly image: JournalImage;
  /** What was to fall with it; null where that could not be worked out. */
  readonly collateral: readonly RunCollateral[] | null;
  /** As it was found out last; `open`: nobody has said yet. */
  readonly outcome: ImageOutcome | 'open';
  /** RFC 3339; `undefined` while it is open. */
  readonly settledAt: string | undefined;
  /** The last request it was in. */
  readonly request: RunRequest | undefined;
}

/**
 * - `finished`: nothing about it is open any more
 * - `unfinished`: under way, or interrupted, or with an image of which nobody knows what became
 * - `damaged`: a line in the middle of its file cannot be read, so something may be missing
 */
export type RunState = 'finished' | 'unfinished' | 'damaged';

/** One deletion as its file records it. */
export interface Run {
  readonly server: ServerKind;
  readonly writer: Writer;
  /** Who took it up after the deletion, in their order. */
  readonly resumedBy: readonly { readonly at: string; readonly writer: Writer | undefined }[];
  readonly plan: PlanRecord;
  readonly requests: readonly RunRequest[];
  /** In the order of the plan. */
  readonly images: readonly RunImage[];
  readonly state: RunState;
  /** Why it is over; `undefined` while it is not. */
  readonly finished: { readonly at: string; readonly reason: FinishReason } | undefined;
  /** The file ends in the middle of a line, or did before it was resumed. */
  readonly isTorn: boolean;
  readonly damagedLines: number;
}

/**
 * Reconstructs a run from its file. Nothing is concluded that no record says: an image without a recorded outcome is
 * open.
 *
 * @returns `undefined` where the file has no plan.
 */
export function reconstructRun(file: RunFile): Run | undefined {
  const { header, lines, isTorn, damagedLines } = file;
  if (header === undefined) {
    return undefined;
  }
  const { plan, server, writer } = header;
  const records = lines.map(({ record }) => record);
  const requests = requestsIn(file);
  const outcomes = outcomesIn(file);
  const collateral = collateralIn(file);
  const lastRequest = new Map(
    requests.flatMap((request) => request.request.images.map((key) => [key, request])),
  );
  const last = records.at(-1);
  const finished = last?.type === 'finished' ? { at: last.at, reason: last.reason ?? 'settled' } : undefined;
  return {
    server,
    writer,
    resumedBy: lines.flatMap(({ record, writer: by }) =>
      record.type === 'resumed' ? [{ at: record.at, writer: by }] : [],
    ),
    plan,
    requests,
    images: plan.images.map((image) => {
      const settled = outcomes.get(image.key);
      return {
        image,
        collateral:
          image.acceptedCollateral?.map((accepted) => ({
            ...accepted,
            outcome: collateral.get(accepted.key) ?? 'open',
          })) ?? null,
        outcome: settled?.outcome ?? 'open',
        settledAt: settled?.at,
        request: lastRequest.get(image.key),
      };
    }),
    state: stateOf(damagedLines, finished !== undefined),
    finished,
    isTorn,
    damagedLines,
  };
}

/** What is known of the image's request, for {@link settleOutcome}. */
export function requestOutcome({ image, request }: RunImage): RequestOutcome {
  const answer = request?.answer?.answer;
  if (request === undefined || answer?.kind === 'withdrawn') {
    return { kind: 'notSent' };
  }
  if (answer === undefined || answer.kind === 'lost') {
    return { kind: 'failed' };
  }
  const own = answer.kind === 'completed' ? answer.results?.find(({ key }) => key === image.key) : undefined;
  return own === undefined ? { kind: 'answered', answer } : manifestOutcome(own.result);
}

/** Whether a new listing could still tell more about the image, unless the run is finished. */
export function isOpen(image: RunImage): boolean {
  return image.outcome === 'open' || mayChange(image.outcome, requestOutcome(image));
}

function stateOf(damagedLines: number, isFinished: boolean): RunState {
  if (damagedLines > 0) {
    return 'damaged';
  }
  return isFinished ? 'finished' : 'unfinished';
}

function requestsIn({ lines }: RunFile): readonly RunRequest[] {
  const answers = new Map<number, AnswerRecord>();
  const requests = new Map<number, RequestRecord>();
  for (const { record } of lines) {
    if (record.type === 'request') {
      requests.set(record.number, record);
    } else if (record.type === 'answer') {
      answers.set(record.number, record);
    }
  }
  return [...requests.values()].map((request) => ({ request, answer: answers.get(request.number) }));
}

function outcomesIn({ lines }: RunFile) {
  const settled = new Map<ImageKey, { readonly outcome: ImageOutcome; readonly at: string }>();
  for (const { record } of lines) {
    if (record.type === 'outcomes') {
      for (const { key, outcome } of record.outcomes) {
        settled.set(key, { outcome, at: record.at });
      }
    }
  }
  return settled;
}

function collateralIn({ lines }: RunFile): ReadonlyMap<ImageKey, CollateralOutcome> {
  const settled = lines.flatMap(({ record }) =>
    record.type === 'outcomes' ? (record.collateral ?? []) : [],
  );
  return new Map(settled.map(({ key, outcome }) => [key, outcome]));
}
