import type { Fault } from '../../../src/sandbox/index';
import { digestOf } from '../../../src/sandbox/index';
import { faultKinds, type FaultName, faultOf } from '../deletionModel/faultKinds';
import { acceptanceKinds } from '../../../src/hub/findings';
import { Stage, stageNow, type StageOptions } from './stage';

/** One row of the table. */
export interface TableFault {
  readonly name: string;
  readonly options?: Partial<StageOptions>;
  /** For how many requests from the one of the phase on; 1 unless said otherwise. */
  readonly times?: number | 'always';
  /** It meets the first page of a listing too, else only the second: the one that others follow and precede. */
  readonly isOnEveryPage?: boolean;
  readonly fault: (stage: Stage) => Fault;
}

/** A row of what goes wrong with the journal while it is written, which no server has a part in. */
export interface JournalFault {
  readonly name: string;
  readonly isDiskFull: (stage: Stage, record: number) => boolean;
}

function diskFullAt(name: string, full: number): JournalFault {
  return { name: `disk full: ${name}`, isDiskFull: (_stage, record) => record === full };
}

function cancelAt(name: string, at: number): JournalFault {
  return {
    name: `cancel: ${name}`,
    isDiskFull: (stage, record) => {
      if (record === at) {
        stage.cancel();
      }
      return false;
    },
  };
}

/** Records in their order: the plan, a request and its answer twice, the outcomes, the end. */
export const journalFaults: readonly JournalFault[] = [
  diskFullAt('the plan', 1),
  diskFullAt('the first request', 2),
  diskFullAt('its answer', 3),
  diskFullAt('the second request', 4),
  diskFullAt('its answer too', 5),
  diskFullAt('the outcomes', 6),
  diskFullAt('the end', 7),
  cancelAt('the plan', 1),
  cancelAt('the first request', 2),
  cancelAt('its answer', 3),
  cancelAt('the outcomes', 6),
];

const dayMs = 24 * 60 * 60 * 1000;

function kind(name: string, key: FaultName, more: Partial<TableFault> = {}): TableFault {
  return { name, fault: () => faultOf(key), ...more };
}

function meanwhile(
  name: string,
  change: (stage: Stage) => void | Promise<void>,
  more: Partial<TableFault> = {},
): TableFault {
  return { name, fault: (stage) => ({ kind: 'before', change: () => change(stage) }), ...more };
}

const app = ({ world }: Stage) => world.repository('team/app');

/** A second window, which deletes one of the same images from the first to the last step. */
async function deleteInAnotherWindow(stage: Stage): Promise<void> {
  if (!stage.has(digestOf('old one'))) {
    return;
  }
  const other = new Stage(
    { ...stage.options, timeoutMs: 1_000, signsInAgain: false, clockErrorMs: 0 },
    stage.sandbox,
  );
  if (stage.options.api === 'registry') {
    await other.list();
  }
  const flow = other.openFlow([digestOf('old one')]);
  await flow.dryRun();
  acceptanceKinds.forEach((each) => {
    flow.acceptAll(each, true);
  });
  await flow.delete();
  other.dispose();
}

/** In real time: nothing else waits for this time-out, however busy the computer is. */
const hanging: Partial<StageOptions> = { timeoutMs: 25 };

/** Everything that has to be survived, in the order of the table. */
export const tableFaults: readonly TableFault[] = [
  kind('latency', 'latency'),
  kind('hang until time-out', 'hang', { options: hanging }),
  kind('hang after the effect', 'hangAfterEffect', { options: hanging }),
  {
    name: 'hang, then cancel',
    options: { timeoutMs: 500 }, // the person is sooner, however busy the computer is
    fault: (stage) => {
      stage.sandbox.onDidExchange(({ faults }) => {
        if (faults.includes('hang')) {
          setImmediate(stage.cancel);
        }
      });
      return faultKinds.hang;
    },
  },
  meanwhile('cancel', (stage) => {
    stage.cancel();
  }),
  kind('reset before the effect', 'resetBeforeEffect'),
  kind('reset after the effect', 'resetAfterEffect'),
  kind('reset, always', 'resetBeforeEffect', { times: 'always' }),
  {
    name: '401, signs in again',
    options: { signsInAgain: true },
    fault: (stage) => ({
      kind: 'before',
      change: () => {
        stage.sandbox.tokens.revokeAll();
      },
    }),
  },
  meanwhile('401, does not', (stage) => {
    stage.sandbox.tokens.revokeAll();
  }),
  kind('403', 'forbidden'),
  kind('404 HTML page', 'htmlNotFound'),
  kind('404 HTML page, always', 'htmlNotFound', { times: 'always' }),
  kind('405', 'methodNotAllowed'),
  kind('429 Retry-After', 'retryAfterSeconds'),
  kind('429 X-Retry-After', 'retryAfterUnixTime'),
  kind('429 without either', 'rateLimitedOnly'),
  kind('429, always', 'rateLimitedOnly', { times: 'always' }),
  kind('500', 'serverError'),
  kind('500 after the effect', 'serverErrorAfterEffect'),
  kind('502', 'badGateway'),
  kind('503', 'unavailable'),
  kind('503, always', 'unavailable', { times: 'always' }),
  kind('redirect elsewhere', 'redirect'),
  kind('truncated JSON', 'truncatedJson'),
  kind('wrong shape', 'wrongShapeList'),
  kind('missing fields', 'missingFieldInItems'),
  kind('null fields', 'nullFields'),
  kind('tags: null', 'nullTags'),
  kind('tags: null, always', 'nullTags', { times: 'always', isOnEveryPage: true }),
  kind('times: null', 'nullTimes'),
  kind('body of 200 MB', 'largeBody'),
  kind('next elsewhere', 'nextElsewhere'),
  kind('next to itself', 'nextToItself'),
  kind('next missing', 'nextMissing'),
  kind('next missing, always', 'nextMissing', { times: 'always' }),
  meanwhile('pages shift: an image more', (stage) => {
    app(stage).push({ digest: digestOf('pushed meanwhile'), at: stageNow });
  }),
  meanwhile(
    'pages shift, always',
    (stage) => {
      const repository = app(stage);
      repository.push({
        digest: digestOf(`pushed beside ${[...repository.manifests].length}`),
        at: stageNow,
      });
    },
    { times: 'always' },
  ),
  kind('count too high', 'countTooHigh'),
  kind('count too high, always', 'countTooHigh', { times: 'always' }),
  kind('count of 10^15', 'countAbsurd'),
  kind('list cut short, always', 'listCutShort', { times: 'always', isOnEveryPage: true }),
  kind('dry_run echoed wrongly', 'otherEcho'),
  kind('success without effect', 'withoutEffect'),
  kind('manifest_errors: 1', 'manifestErrors'),
  meanwhile('re-tagged meanwhile', (stage) => {
    if (stage.has(digestOf('old one'))) {
      app(stage).retag('1.0', digestOf('old one'));
    }
  }),
  meanwhile('pulled meanwhile', (stage) => {
    if (stage.has(digestOf('old one'))) {
      app(stage).pull(digestOf('old one'), stageNow);
    }
  }),
  meanwhile('another window deletes', deleteInAnotherWindow),
  { name: 'our clock a day ahead', options: { clockErrorMs: dayMs }, fault: () => faultKinds.latency },
  { name: 'our clock a day behind', options: { clockErrorMs: -dayMs }, fault: () => faultKinds.latency },
  kind('one Date a day ahead', 'wrongClock'),
];

/** What today's lists and the registry can do besides. */
export const todaysFaults: readonly TableFault[] = [
  ...tableFaults,
  kind('404 of the route', 'routeGone'),
  kind('404 of the route, always', 'routeGone', { times: 'always' }),
  kind('404 of the manifest', 'manifestUnknown'),
  kind('403: still referenced', 'stillReferenced'),
  kind('500: queued', 'queuedAfterEffect'),
  kind('cursor repeats', 'cursorRepeats'),
  kind('first entry lost', 'entryLost'),
  kind('tag of another image', 'tagOfAnother'),
  kind('parts cut', 'partsCut'),
  kind('parts missing', 'partsMissing'),
  kind('media types missing', 'mediaTypeMissing'),
  kind('media types odd', 'mediaTypeOdd'),
  kind('grant without delete', 'grantWithoutDelete', { times: 'always' }),
  kind('token for a moment', 'tokenForAMoment', { times: 'always' }),
  meanwhile('latest moved meanwhile', (stage) => {
    app(stage).retag('latest', digestOf('kept too'));
  }),
  meanwhile('latest signed meanwhile', (stage) => {
    app(stage).push({
      digest: digestOf('signature of latest'),
      tags: [`${digestOf('latest').replace(':', '-')}.sig`],
      at: stageNow,
    });
  }),
  meanwhile('attached meanwhile', (stage) => {
    app(stage).push({
      digest: digestOf('attachment of old one'),
      subject: digestOf('old one'),
      at: stageNow,
    });
  }),
  meanwhile('put into an index meanwhile', (stage) => {
    if (stage.has(digestOf('old one'))) {
      const children = [digestOf('old one')];
      app(stage).push({ digest: digestOf('index of old one'), tags: ['new'], at: stageNow, children });
    }
  }),
];
