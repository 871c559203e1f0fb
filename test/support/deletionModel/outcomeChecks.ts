import type { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import type { AnswerRecord, JournalRecord } from '../../../src/hub/deletion/journal';
import type { CollateralOutcome, ImageOutcome } from '../../../src/hub/deletion/outcome';
import type { ImageKey } from '../../../src/hub/deletionRequest';
import type { Painted } from './reviewScreen';
import type { Approval } from './approval';
import { shortDigestOf } from './keys';
import type { PersonLog } from './personLog';
import type { ModelApiKind } from './scenario';

/** When the listing that decided about outcomes began, and whether anything kept it from deciding. */
export interface Verification {
  readonly since: number;
  readonly isTroubled: boolean;
}

/** Compares what is recorded and shown of a deletion with the world as it is right afterwards. */
export class OutcomeChecks {
  readonly #log: PersonLog;
  readonly #api: ModelApiKind;
  readonly #approval: Approval | undefined;
  readonly #verification: Verification;

  constructor(log: PersonLog, api: ModelApiKind, approval: Approval | undefined, verification: Verification) {
    this.#log = log;
    this.#api = api;
    this.#approval = approval;
    this.#verification = verification;
  }

  run(flow: DeletionFlow, painted: Painted): void {
    const { violate } = this.#log;
    const { lastOutcomes } = flow;
    const planned = [...(this.#approval?.rows.keys() ?? [])];
    if (planned.length !== lastOutcomes.size || !planned.every((key) => lastOutcomes.has(key))) {
      violate('outcomes', 'the outcomes are not those of the approved images');
    }
    for (const [key, outcome] of lastOutcomes) {
      const objection = this.#objectionTo(outcome, key);
      if (objection !== undefined) {
        violate('outcomes', `${key} is called ${outcome}, but ${objection}`);
      }
    }
    const written = this.#log.journal.lastRun.find((record) => record.type === 'outcomes');
    for (const { key, outcome } of written?.collateral ?? []) {
      const objection = this.#objectionToCollateral(outcome, key);
      if (objection !== undefined) {
        violate('outcomes', `${key}, to be deleted along, is called ${outcome}, but ${objection}`);
      }
    }
    this.#checkWritten(flow);
    this.#checkShown(flow, painted);
  }

  #objectionTo(outcome: ImageOutcome, key: ImageKey): string | undefined {
    const { observed } = this.#log.hub;
    const { since, isTroubled } = this.#verification;
    const isChanged = observed.isChangedSince(since, key.split('@')[0] ?? '');
    const isGone = observed.isGoneSince(since, key);
    const isKnownToBeGone = isGone && !isTroubled;
    const wasSent = this.#wasSent(key);
    switch (outcome) {
      case 'deleted':
        return this.#isStillThere(key) ?? (wasSent ? undefined : 'was not sent');
      case 'alreadyGone':
        return this.#isStillThere(key);
      case 'failed':
        if (this.#api === 'management' && this.#answerTo(key) === 'lost') {
          return 'may still be carried out';
        }
        return isGone ? 'is gone' : wasSent || isChanged ? undefined : 'was not sent';
      case 'notSent':
        return wasSent && !isChanged && this.#api === 'management'
          ? 'was sent'
          : isKnownToBeGone
            ? 'is gone'
            : undefined;
      case 'refused':
        return isKnownToBeGone ? 'is gone' : undefined;
      case 'unconfirmed':
        return isTroubled || isChanged || this.#api === 'registry' || (!isGone && this.#isUnanswered(key))
          ? undefined
          : 'nothing kept it from being found out';
    }
  }

  #objectionToCollateral(outcome: CollateralOutcome, key: ImageKey): string | undefined {
    switch (outcome) {
      case 'gone':
        return this.#isStillThere(key);
      case 'stayed':
        return this.#log.hub.observed.isGoneSince(this.#verification.since, key) ? 'is gone' : undefined;
      case 'unconfirmed':
        return undefined;
    }
  }

  /** Nobody pushed it again, so it cannot have been gone. */
  #isStillThere(key: ImageKey): string | undefined {
    return this.#log.hub.observed.isThereSince(this.#approval?.tick ?? 0, key) ? 'is there' : undefined;
  }

  /** Whether nothing says what became of the last request that it was in. */
  #isUnanswered(key: ImageKey): boolean {
    return ['lost', undefined].includes(this.#answerTo(key));
  }

  /** What the journal says; `undefined` also if the answer could not be written. */
  #answerTo(key: ImageKey): AnswerRecord['answer']['kind'] | undefined {
    const { lastRun } = this.#log.journal;
    const sent = lastRun.findLast((record) => record.type === 'request' && record.images.includes(key));
    const answer = lastRun.find((record) => record.type === 'answer' && record.number === numberOf(sent));
    return answer?.type === 'answer' ? answer.answer.kind : undefined;
  }

  #wasSent(key: ImageKey): boolean {
    return this.#approval?.sent.has(key) === true;
  }

  #checkWritten({ lastOutcomes, lastEvent }: DeletionFlow): void {
    const written = this.#log.journal.lastRun.find((record) => record.type === 'outcomes');
    if (written === undefined) {
      if (lastEvent.kind !== 'notWritten') {
        this.#log.violate(
          'journal',
          `the outcomes are not in the journal, and the person is shown ${lastEvent.kind}`,
        );
      }
    } else if (
      JSON.stringify(written.outcomes.map(({ key, outcome }) => [key, outcome])) !==
      JSON.stringify([...lastOutcomes])
    ) {
      this.#log.violate('journal', 'the journal has other outcomes than the person was shown');
    }
  }

  /** The rows that have left the plan say what the journal says. */
  #checkShown({ lastOutcomes }: DeletionFlow, { settled, rows }: Painted): void {
    for (const row of settled) {
      const outcome = lastOutcomes.get(row.id as ImageKey); // the id of a row is the key of its image
      if (outcome !== undefined && row.outcome?.kind !== outcome) {
        this.#log.violate('outcomes', `${row.id} is shown as ${row.outcome?.kind ?? 'open'}, not ${outcome}`);
      }
    }
    for (const [key, outcome] of lastOutcomes) {
      const isShown = [...settled, ...rows].some(({ id }) => id === key);
      if (!isShown) {
        this.#log.violate('outcomes', `${shortDigestOf(key)}, ${outcome}, is not shown any more`);
      }
    }
  }
}

function numberOf(record: JournalRecord | undefined): number | undefined {
  return record?.type === 'request' ? record.number : undefined;
}
