import type { JournalRecord } from '../../../src/hub/deletion/journal';

/** What is wrong with the journal, read by somebody who has nothing else. */
export function checkJournal(runs: readonly (readonly JournalRecord[])[]): readonly string[] {
  return runs.flatMap(checkRun);
}

function checkRun([plan, ...rest]: readonly JournalRecord[]): readonly string[] {
  if (plan?.type !== 'plan') {
    return ['(d) a run does not begin with its plan'];
  }
  const objections: string[] = [];
  const planned = new Set(plan.images.map(({ key }) => key));
  const accepted = new Set(
    plan.images.flatMap(({ acceptedCollateral }) => acceptedCollateral?.map(({ key }) => key) ?? []),
  );
  const requested = new Set<string>();
  const lost = new Set<string>();
  let open: number | undefined;
  let last = 0;
  for (const [index, record] of rest.entries()) {
    switch (record.type) {
      case 'resumed': // only after a crash
      case 'plan':
        objections.push('(d) a run with two beginnings');
        break;
      case 'request':
        if (record.number !== last + 1 || open !== undefined) {
          objections.push(`(d) request ${record.number} follows request ${last}`);
        }
        last = record.number;
        open = record.number;
        for (const key of record.images) {
          if (!planned.has(key) || requested.has(key)) {
            objections.push(`(d) ${key} was requested twice, or without being planned`);
          }
          requested.add(key);
        }
        break;
      case 'answer':
        if (record.number !== open) {
          objections.push(`(d) an answer to request ${record.number}, which is not open`);
        }
        open = undefined;
        if (record.answer.kind === 'lost') {
          requestOf(rest, record.number).forEach((key) => lost.add(key));
        }
        break;
      case 'outcomes':
        if (
          record.outcomes.length !== planned.size ||
          !record.outcomes.every(({ key }) => planned.has(key))
        ) {
          objections.push('(d) outcomes of other images than those of the plan');
        }
        if (!(record.collateral ?? []).every(({ key }) => accepted.has(key))) {
          objections.push('(d) outcomes of images that were not accepted as falling with others');
        }
        for (const { key, outcome } of record.outcomes) {
          const needsRequest = ['deleted', 'failed', 'unconfirmed', 'refused'].includes(outcome);
          if (needsRequest && !requested.has(key)) {
            objections.push(`(d) ${key} is called ${outcome} without a request`);
          }
        }
        break;
      case 'finished': {
        const outcomes = rest[index - 1];
        if (
          outcomes?.type !== 'outcomes' ||
          outcomes.outcomes.some(
            ({ key, outcome }) => outcome === 'unconfirmed' || (outcome === 'failed' && lost.has(key)),
          )
        ) {
          objections.push('(d) a run is called finished though something is open');
        }
        break;
      }
    }
  }
  return objections;
}

/** Images of a request. */
function requestOf(records: readonly JournalRecord[], number: number): readonly string[] {
  return records.flatMap((record) =>
    record.type === 'request' && record.number === number ? record.images : [],
  );
}
