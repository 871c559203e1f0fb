import * as l10n from '@vscode/l10n';
import type { DeletionFlow } from '../../hub/deletion/deletionFlow';
import type { FlowEvent, RefusedImage } from '../../hub/deletion/flowEvent';
import type { ImageOutcome } from '../../hub/deletion/outcome';
import type { ChangeKind, ReviewChange } from '../../hub/deletion/reviewChanges';
import { hasUnknown, imageCount, notDeletedCount } from '../../hub/deletion/summary';
import type { ImageRefusal } from '../../hub/deletionAnswer';
import type { ImageKey } from '../../hub/deletionRequest';
import { isCancelled, isHubError } from '../../hub/errors';
import { formatRepository } from '../../hub/names';
import { describeError, isStatusText } from '../../texts/errors';
import { refusalsText, refusalText } from '../../texts/refusals';
import { sortedNaturally } from '../../texts/formats';
import { sanitizeLabel } from '../../util/sanitizeText';
import { imagesText } from '../../texts/summary';
import type { Notice, ResultAction } from '../protocol';
import type { RowAttempt } from '../rowMatch';

/** Differences named one by one; the rows are marked in any case. */
const namedChangesLimit = 5;

type Flow = Pick<
  DeletionFlow,
  'lastEvent' | 'listingError' | 'summary' | 'canRepeatDryRun' | 'canDelete' | 'review'
>;

/** What became of an image, in a sentence of its row. */
export function outcomeText(outcome: ImageOutcome): string {
  switch (outcome) {
    case 'deleted':
      return l10n.t('Deleted: the server no longer lists it.');
    case 'alreadyGone':
      return l10n.t('Already gone: the server no longer lists it, but it was not deleted here.');
    case 'refused':
      return l10n.t('Not deleted: the server refused.');
    case 'failed':
      return l10n.t('Not deleted: its deletion was requested, but the server still lists it.');
    case 'unconfirmed':
      return l10n.t(
        'Unknown: a request to delete it or its tags was sent, but it is not known whether it was deleted.',
      );
    case 'notSent':
      return l10n.t('Not deleted: no request was sent for it.');
  }
}

/** What an earlier deletion did to an image that is still in the plan. */
export function attemptText({ outcome, refusal }: RowAttempt): string {
  return refusal === undefined
    ? outcomeText(outcome)
    : [
        l10n.t('Not deleted: {0}.', refusalText(refusal)),
        reasonText(refusal),
        refusal.removedTags.length === 0
          ? ''
          : l10n.t(
              'The image still exists, but the server reported these tags as deleted: {0}.',
              sortedNaturally(refusal.removedTags).map(sanitizeLabel).join(', '),
            ),
      ]
        .filter(Boolean)
        .join(' ');
}

/** What the person should read before going on. */
export function noticesOf(flow: Flow, planNotices: readonly Notice[]): readonly Notice[] {
  return [...planNotices, ...eventNotices(flow), ...listingNotices(flow)];
}

/** What can be done about a failure or the result of a deletion, besides another dry run. */
export function resultActions({
  lastEvent,
  listingError,
  summary,
}: Pick<DeletionFlow, 'lastEvent' | 'listingError' | 'summary'>): readonly ResultAction[] {
  const error = 'error' in lastEvent ? lastEvent.error : undefined;
  const isUnknown = summary !== undefined && hasUnknown(summary);
  const isSignInRefused =
    lastEvent.kind === 'stopped' &&
    lastEvent.refusals?.some(({ refusal }) => refusal.cause === 'notSignedIn') === true;
  const needsSignIn =
    isSignInRefused ||
    isHubError(error, 'unauthenticated') ||
    (isUnknown && isHubError(listingError, 'unauthenticated'));
  const hasLogged = summary === undefined ? error !== undefined : lastEvent.kind !== 'finished' || isUnknown;
  return [
    ...(needsSignIn ? (['signIn'] as const) : []),
    ...(isUnknown ? (['checkAgain'] as const) : []),
    ...(summary === undefined ? [] : (['showHistory'] as const)),
    ...(hasLogged ? (['showLog'] as const) : []),
  ];
}

/** Without those that the error of the event explains. */
function refusalsToName({
  refusals = [],
  error,
}: Extract<FlowEvent, { kind: 'stopped' }>): readonly RefusedImage[] {
  return refusals.filter(
    ({ refusal }) => refusal.cause !== 'rateLimited' || refusal.removedTags.length > 0 || error === undefined,
  );
}

function eventNotices(flow: Flow): readonly Notice[] {
  const event = flow.lastEvent;
  switch (event.kind) {
    case 'checkFailed':
      return [{ severity: 'error', text: describeError(event.error) }];
    case 'interrupted':
      return [{ severity: 'error', text: `${describeError(event.error)} ${continueText(flow)}` }];
    case 'notWritten':
      return [{ severity: 'error', text: notWrittenText(flow) }];
    case 'busy':
      return [{ severity: 'warning', text: busyText(event) }];
    case 'changed':
      return event.changes.slice(0, namedChangesLimit).map(changeNotice);
    case 'refused':
      return [{ severity: 'warning', text: refusedText(flow) }];
    case 'stopped':
      return [
        ...unansweredNotices(event.unanswered ?? 0, flow),
        ...refusalNotices(refusalsToName(event)),
        ...stopNotices(event, flow),
      ];
    default:
      return [];
  }
}

/** Why it is not known what became of images, where the server could not be asked. */
function listingNotices({ listingError, summary }: Flow): readonly Notice[] {
  const count = summary === undefined ? 0 : summary.images.unconfirmed + summary.collateral.unconfirmed;
  return listingError === undefined || count === 0
    ? []
    : [
        {
          severity: 'error',
          text: isCancelled(listingError)
            ? l10n.t('You canceled checking which images still exist. To check now, select Check Again.')
            : l10n.t(
                'It could not be determined which images still exist. {0} To try again, select Check Again.',
                describeError(listingError),
              ),
        },
      ];
}

function notWrittenText({ summary }: Flow): string {
  return summary === undefined || imageCount(summary) === notDeletedCount(summary)
    ? l10n.t(
        'Images are deleted only while the deletion can be recorded on disk. Free up disk space, or check the permissions of the folder. The log has the reason.',
      )
    : l10n.t(
        'The deletion history is incomplete because it could not be written to disk. Free up disk space, or check the permissions of the folder, then run Check Unconfirmed Deletions. The log has the reason.',
      );
}

/** Says what to do about the part of the review that the server objected to. */
function refusedText({ canDelete, review: { counts } }: Flow): string {
  const what = l10n.t(
    'The server refused the request as a whole because images have changed since the dry run. None of its images was deleted.',
  );
  if (canDelete) {
    return l10n.t('{0} Review the remaining images, then delete again.', what);
  }
  return counts.blocked > 0
    ? l10n.t('{0} Remove the images with errors, accept any new warnings, then delete again.', what)
    : l10n.t('{0} New warnings are marked. Accept them or remove the images, then delete again.', what);
}

/** Why the rest of the images was not sent, if it is neither for a refusal nor because a person stopped the deletion. */
function stopNotices(
  { error, refusals, cause }: Extract<FlowEvent, { kind: 'stopped' }>,
  flow: Flow,
): readonly Notice[] {
  if (error !== undefined) {
    return [{ severity: 'error', text: `${describeError(error)} ${continueText(flow)}` }];
  }
  const { reported } = flow.summary ?? {};
  const hasErrors = reported !== undefined && reported.manifestErrors + reported.tagErrors > 0;
  if (refusals !== undefined || cause === 'person') {
    return [];
  }
  if (hasErrors) {
    return [
      {
        severity: 'warning',
        text: l10n.t('The deletion was stopped because the server reported errors. {0}', continueText(flow)),
      },
    ];
  }
  return cause === 'change'
    ? [
        {
          severity: 'warning',
          text: l10n.t(
            'The deletion was stopped because an image that would also be deleted has changed. {0}',
            continueText(flow),
          ),
        },
      ]
    : [];
}

/** Says what to do only where that is possible. */
function continueText({ canRepeatDryRun, canDelete }: Flow): string {
  if (canDelete) {
    return l10n.t(
      'Delete requests are not repeated automatically. To continue, review the remaining images, then delete again.',
    );
  }
  return canRepeatDryRun
    ? l10n.t(
        'Delete requests are not repeated automatically. To continue with the remaining images, repeat the dry run.',
      )
    : l10n.t('Delete requests are not repeated automatically.');
}

function busyText({ repository, holder }: Extract<FlowEvent, { kind: 'busy' }>): string {
  const name = formatRepository(repository);
  switch (holder) {
    case 'thisWindow':
      return l10n.t(
        'Another review in this window is deleting images of {0}. Only one deletion can run in a repository at a time. Try again when it has finished.',
        name,
      );
    case 'otherWindow':
      return l10n.t(
        'Another window is deleting images of {0}. Only one deletion can run in a repository at a time. Try again when it has finished.',
        name,
      );
  }
}

function unansweredNotices(count: number, flow: Flow): readonly Notice[] {
  return count === 0
    ? []
    : [
        {
          severity: 'error',
          text: l10n.t(
            'The registry did not report what happened to {0}. {1}',
            imagesText(count),
            continueText(flow),
          ),
        },
      ];
}

/** `namespace/name@sha256:0f3a5c1b2d4e`: long enough to find the row. */
function imageText(key: ImageKey): string {
  return key.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1');
}

/** One notice for each reason, however many images it concerns: their rows have the details. */
function refusalNotices(refusals: readonly RefusedImage[]): readonly Notice[] {
  const groups = new Map<string, RefusedImage[]>();
  for (const each of refusals) {
    const reason = `${each.refusal.cause} ${each.refusal.reason ?? ''}`;
    groups.set(reason, [...(groups.get(reason) ?? []), each]);
  }
  return [...groups.values()].map(refusalNotice);
}

function refusalNotice(refused: readonly RefusedImage[]): Notice {
  const [first, second] = refused;
  if (first === undefined || second === undefined) {
    return {
      severity: 'warning',
      text:
        first === undefined
          ? ''
          : `${imageText(first.key)}: ${attemptText({ outcome: 'refused', ...first })}`,
    };
  }
  const withoutTags = refused.filter(({ refusal }) => refusal.removedTags.length > 0).length;
  const parts = [
    l10n.t('{0} were not deleted: {1}.', imagesText(refused.length), refusalsText(first.refusal)),
    reasonText(first.refusal),
    withoutTags === 0
      ? ''
      : l10n.t('Tags of {0} were deleted: their rows name them.', imagesText(withoutTags)),
  ];
  return { severity: 'warning', text: parts.filter(Boolean).join(' ') };
}

function reasonText({ reason }: ImageRefusal): string {
  return reason === undefined || isStatusText(reason)
    ? ''
    : l10n.t('The server says: “{0}”.', sanitizeLabel(reason.replace(/\.$/, '')));
}

function changeNotice({ key, kind }: ReviewChange): Notice {
  return { severity: 'warning', text: l10n.t('{0}: {1}.', imageText(key), changeText(kind)) };
}

function changeText(kind: ChangeKind): string {
  switch (kind) {
    case 'blocked':
      return l10n.t('it cannot be deleted now; its row shows why');
    case 'pulled':
      return l10n.t('it was pushed or pulled in the meantime and is now active');
    case 'tagged':
      return l10n.t('its tags have changed');
    case 'cleared':
      return l10n.t('a warning that you accepted no longer applies');
    case 'collateral':
      return l10n.t('what is deleted along with it has changed');
    case 'referenced':
      return l10n.t('other lines in the workspace use it now');
  }
}
