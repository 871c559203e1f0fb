import prettyBytes from 'pretty-bytes';
import * as vscode from 'vscode';
import type { Collateral, CollateralImage } from '../hub/deletion/collateral';
import type { DeletionConfirmation } from '../hub/deletion/confirmation';
import type { DeletionFlow } from '../hub/deletion/deletionFlow';
import type { FlowEvent, RefusedImage } from '../hub/deletion/flowEvent';
import type { ImageOutcome } from '../hub/deletion/outcome';
import type { ChangeKind, ReviewChange } from '../hub/deletion/reviewChanges';
import type { ImageRefusal } from '../hub/deletionAnswer';
import { shortDigest } from '../hub/digest';
import type { Blocker, WarningKind } from '../hub/findings';
import { imageLabel } from '../hub/imageLabel';
import type { Image } from '../hub/model';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { statusWord } from '../util/activityText';
import { describeError } from '../util/describeError';
import { inertLabel } from '../util/inertText';
import { partWord } from '../util/partWord';
import type { Notice } from './protocol';
import type { AcceptanceRefusal } from './shownFindings';

const { t } = vscode.l10n;

/** Tags named in full in the final confirmation; the rest are counted. */
const namedTagsLimit = 12;

/** Repositories named in the final confirmation; the rest are counted. */
const namedRepositoriesLimit = 12;

/** Differences named one by one; the rows are marked in any case. */
const namedChangesLimit = 5;

/** Images that the server did not delete and that are named one by one: some may have lost tags, which nothing else shows. */
const namedRefusalsLimit = 25;

export function panelTitle(repositories: readonly string[]): string {
  const [first = '', second] = repositories;
  if (second === undefined) {
    return t('Delete images: {0}', first);
  }
  return repositories.length === 2
    ? t('Delete images: {0}, {1}', first, second)
    : t('Delete images: {0} and {1} more', first, repositories.length - 1);
}

export function imagesText(count: number): string {
  return count === 1 ? t('1 image') : t('{0} images', count.toLocaleString('en'));
}

export function warningText(kind: WarningKind): string {
  switch (kind) {
    case 'is_active':
      return t('Still in use: it was pushed or pulled within the activity window.');
    case 'current_tag':
      return t('Tags point to it now. They will be deleted with it:');
  }
}

export function blockerText({ error, deletedAlong }: Blocker): string {
  switch (error) {
    case 'not_found':
      return t('The Hub does not have this image any more.');
    case 'unauthorized':
      return t('Your account may not delete this image.');
    case 'child_manifest':
      return t('It belongs to another image and can only be deleted together with it.');
    case 'protected':
      return deletedAlong === undefined
        ? t('The setting "hubImages.protect" protects it.')
        : t(
            'The setting "hubImages.protect" protects {0}, which would be deleted along with it.',
            inertLabel(imageLabel(deletedAlong)),
          );
    case 'noLongerMatches':
      return deletedAlong === undefined
        ? t('It no longer matches the criteria of this plan.')
        : t(
            'The criteria of this plan exclude {0}, which would be deleted along with it.',
            inertLabel(imageLabel(deletedAlong)),
          );
    case 'disputed':
      return t('The lists on the server disagree about its tags. Repeat the dry run in a few minutes.');
    case 'undetermined':
      return t(
        'It is not known whether another image needs it. Plan its deletion again and have the contents read.',
      );
  }
}

/** The collateral of an image, in a sentence before the list of {@link collateralItems}. */
export function collateralText(collateral: Collateral): string {
  if (collateral.kind === 'unknown') {
    return t('Other images may be deleted along with it. It is not known which ones.');
  }
  const formerHolders = collateral.images.filter(({ formerTags }) => formerTags.length > 0).length;
  if (formerHolders === 0) {
    return t('It is made of other images. Deleting it also removes:');
  }
  return formerHolders === collateral.images.length
    ? t('Its tags take along untagged images that once held them. Deleting it also removes:')
    : t(
        'It is made of other images, and its tags take along untagged images that once held them. Deleting it also removes:',
      );
}

/** `sha256:0f3a… (was latest, active)`, or `sha256:0f3a… (linux/arm64, active)` of a part. */
export function collateralItem({ image, formerTags }: CollateralImage): string {
  const digest = shortDigest(image.digest);
  const status = statusWord(image.status, t);
  return formerTags.length > 0
    ? t('{0} (was {1}, {2})', digest, formerTags.map(inertLabel).join(', '), status)
    : t('{0} ({1}, {2})', digest, partText(image), status);
}

/** What a part is to the image it belongs to. */
export function partText(part: Image): string {
  return partWord(part, t) ?? t('platform not known');
}

/** An upper bound: what a server calls the size of an image has layers in it that other images may share. */
export function removedSizeText(bytes: number): string {
  return t(
    'Size of what was removed: at most {0}, for layers that other images share are counted in full.',
    prettyBytes(bytes, { locale: 'en' }),
  );
}

export function outcomeText(outcome: ImageOutcome): string {
  switch (outcome) {
    case 'deleted':
      return t('Deleted: it is no longer listed.');
    case 'alreadyGone':
      return t('Already gone: it is no longer listed, though it was not deleted here.');
    case 'refused':
      return t('Refused: the Hub refused the request, and the image is still listed.');
    case 'failed':
      return t('Failed: the deletion was sent, and the image is still listed.');
    case 'unconfirmed':
      return t(
        'Unconfirmed: the deletion was sent, and it is not known yet whether it is carried out. This is checked later; the result appears here and in the deletion history.',
      );
    case 'notSent':
      return t('Not deleted: nothing was sent for it.');
  }
}

/** The sentence of the live region. */
export function statusText(event: FlowEvent, flow: DeletionFlow): string {
  const { counts } = flow.review;
  switch (event.kind) {
    case 'checking':
      return t('Dry run under way. Nothing is deleted.');
    case 'checked':
      return checkedText(flow);
    case 'checkCancelled':
      return t('Dry run cancelled. Nothing was deleted.');
    case 'checkFailed':
      return t('The dry run failed. Nothing was deleted.');
    case 'accepted':
      return event.isAccepted
        ? t('Accepted {0} for {1}. {2}', event.acceptance, imagesText(event.images), openText(flow))
        : t(
            'No longer accepted: {0} for {1}. {2}',
            event.acceptance,
            imagesText(event.images),
            openText(flow),
          );
    case 'removed':
      return t(
        'Removed {0} from the plan. {1} left. Nothing was deleted.',
        imagesText(event.images),
        imagesText(counts.images),
      );
    case 'confirming':
      return t('Waiting for your answer.');
    case 'changed':
      return t('Something changed since you looked. Nothing was deleted. {0}', openText(flow));
    case 'busy':
      return t(
        'Nothing was deleted: another deletion is running in {0}.',
        formatRepository(event.repository),
      );
    case 'rechecking':
      return t('Checking once more, right before the deletion.');
    case 'notWritten':
      return t('The journal could not be written, so no request was sent after that. {0}', doneText(flow));
    case 'declined':
      return t('Nothing was deleted.');
    case 'deleting':
      return t('Deleting {0}.', imagesText(counts.images));
    case 'stopping':
      return t('Stopping after the request that is under way.');
    case 'verifying':
      return t('Listing the repository again to see what is still there.');
    case 'refused':
      return t('The Hub refused a request: something changed since the dry run. {0}', doneText(flow));
    case 'interrupted':
      return t('The deletion was interrupted. {0}', doneText(flow));
    case 'stopped':
      if (event.refusals !== undefined) {
        return t('The Hub kept {0}. {1}', imagesText(event.refusals.length), doneText(flow));
      }
      return event.unanswered === undefined
        ? t('Stopped. {0}', doneText(flow))
        : t('The deletion was interrupted. {0}', doneText(flow));
    case 'finished':
      return t('Finished. {0}', doneText(flow));
    case 'settledLater':
      return t('The deletion was checked again. {0}', doneText(flow));
  }
}

/** Why nothing came of a decision about all rows shown. */
export function othersShownText(): string {
  return t('Nothing was changed: other images are shown by now. Look at them and decide again.');
}

/** Why an acceptance for one image was refused. */
export function acceptanceRefusalText(refusal: AcceptanceRefusal, label: string): string {
  switch (refusal) {
    case 'notSent':
      return t('Nothing was accepted: the image is not in the list. Review the list again.');
    case 'tagsChanged':
      return t('The tags of {0} have changed since they were shown. Review them again.', inertLabel(label));
    case 'findingsChanged':
      return t(
        'The warnings of {0} have changed since they were shown. Review them again.',
        inertLabel(label),
      );
  }
}

/** Why an acceptance for several images was refused. */
export function warningsChangedText(): string {
  return t('Nothing was accepted: warnings have changed since they were shown. Review them again.');
}

/** What the person should read before going on. */
export function noticesOf(
  flow: Pick<DeletionFlow, 'lastEvent'>,
  planNotices: readonly Notice[],
): readonly Notice[] {
  const event = flow.lastEvent;
  switch (event.kind) {
    case 'checkFailed':
      return [...planNotices, { severity: 'error', text: describeError(event.error) }];
    case 'interrupted':
      return [
        ...planNotices,
        {
          severity: 'error',
          text: t(
            '{0} No request is repeated by itself. Repeat the dry run to go on with what is left.',
            describeError(event.error),
          ),
        },
      ];
    case 'notWritten':
      return [
        ...planNotices,
        {
          severity: 'error',
          text: t(
            'Nothing is deleted without a journal on disk. Free some space or check the permissions of the extension storage; the log names the reason.',
          ),
        },
      ];
    case 'busy':
      return [...planNotices, { severity: 'warning', text: busyText(event) }];
    case 'changed':
      return [...planNotices, ...event.changes.slice(0, namedChangesLimit).map(changeNotice)];
    case 'refused':
      return [
        ...planNotices,
        {
          severity: 'warning',
          text: t(
            'A request is all or nothing: none of its images was deleted. What is new is marked; accept it or remove the image, then delete again.',
          ),
        },
      ];
    case 'stopped':
      return [
        ...planNotices,
        ...unansweredNotices(event.unanswered ?? 0),
        ...refusalNotices(event.refusals ?? []),
      ];
    default:
      return planNotices;
  }
}

function busyText({ repository, holder }: Extract<FlowEvent, { kind: 'busy' }>): string {
  const name = formatRepository(repository);
  switch (holder) {
    case 'thisWindow':
      return t(
        'Another review in this window is deleting images of {0}. Only one deletion runs in a repository at a time. Try again when it has finished.',
        name,
      );
    case 'otherWindow':
      return t(
        'Another window is deleting images of {0}. Only one deletion runs in a repository at a time. Try again when it has finished.',
        name,
      );
  }
}

function unansweredNotices(count: number): readonly Notice[] {
  return count === 0
    ? []
    : [
        {
          severity: 'error',
          text: t(
            'The registry did not say what became of {0}. No request is repeated by itself. Repeat the dry run to go on with what is left.',
            imagesText(count),
          ),
        },
      ];
}

/** Those that lost tags come first. */
function refusalNotices(refusals: readonly RefusedImage[]): readonly Notice[] {
  const sorted = [...refusals].sort(
    (a, b) => Number(b.refusal.removedTags.length > 0) - Number(a.refusal.removedTags.length > 0),
  );
  const named = sorted.slice(0, namedRefusalsLimit).map(refusalNotice);
  const left = sorted.length - named.length;
  return left === 0
    ? named
    : [
        ...named,
        { severity: 'warning', text: t('{0} more were kept; the log names each.', imagesText(left)) },
      ];
}

function refusalNotice({ key, refusal }: RefusedImage): Notice {
  const { removedTags, reason } = refusal;
  const lost = removedTags.map(inertLabel).join(', ');
  return {
    severity: 'warning',
    text: [
      t('{0}: {1}.', key, refusalText(refusal)),
      reason === undefined ? '' : t('It says: “{0}”.', inertLabel(reason.replace(/\.$/, ''))),
      lost === ''
        ? t('Nothing of it was deleted.')
        : t('The image is still there without these tags, which were deleted: {0}.', lost),
    ]
      .filter(Boolean)
      .join(' '),
  };
}

function refusalText({ cause, tag = '' }: ImageRefusal): string {
  switch (cause) {
    case 'tagKept':
      return t('the Hub does not delete its tag {0}, which may be immutable', inertLabel(tag));
    case 'tagMoved':
      return t('its tag {0} points to another image by now', inertLabel(tag));
    case 'changed':
      return tag === ''
        ? t('it has changed since you approved its deletion')
        : t('its tag {0} was added after you approved its deletion', inertLabel(tag));
    case 'stopped':
      return t('the deletion was stopped before it');
    case 'stillReferenced':
      return t('something that stays needs it');
    case 'denied':
      return t('the Hub does not delete it for this account or token');
  }
}

function changeNotice({ key, kind }: ReviewChange): Notice {
  return { severity: 'warning', text: t('{0}: {1}', key, changeText(kind)) };
}

function changeText(kind: ChangeKind): string {
  switch (kind) {
    case 'blocked':
      return t('it can no longer be deleted, or is gone');
    case 'pulled':
      return t('it was pushed or pulled meanwhile and is active now');
    case 'tagged':
      return t('its tags are others now');
    case 'cleared':
      return t('something you accepted no longer applies');
    case 'collateral':
      return t('other images would fall with it');
  }
}

/** The final confirmation: the repositories, how many images, the tags that will be deleted, and the collateral. */
export function confirmationText(confirmation: DeletionConfirmation): { message: string; detail: string } {
  const { repositories, imageCount, tags, activeCount, collateralCount, isCollateralKnown } = confirmation;
  const named = tags.slice(0, namedTagsLimit).map(inertLabel).join('\n');
  const more = tags.length - namedTagsLimit;
  const detail = [
    tags.length === 0
      ? t('None of them has a tag.')
      : t(
          'These tags will be deleted with them:\n{0}',
          more > 0 ? t('{0}\n… and {1} more', named, more) : named,
        ),
    ...(activeCount > 0 ? [t('Active within the activity window: {0}.', imagesText(activeCount))] : []),
    ...(collateralCount > 0
      ? [t('Also removed, though not in the plan: {0}.', imagesText(collateralCount))]
      : []),
    ...(isCollateralKnown ? [] : [t('More images may fall with the tags: which ones is not known.')]),
    t('A deleted image cannot be restored.'),
  ];
  return {
    message: t('Delete {0} from {1}?', imagesText(imageCount), repositoriesText(repositories)),
    detail: detail.join('\n\n'),
  };
}

function repositoriesText(repositories: readonly RepositoryRef[]): string {
  const named = repositories.slice(0, namedRepositoriesLimit).map(formatRepository).join(', ');
  const more = repositories.length - namedRepositoriesLimit;
  return more > 0 ? t('{0} and {1} more', named, more.toLocaleString('en')) : named;
}

function checkedText(flow: DeletionFlow): string {
  const { images, blocked } = flow.review.counts;
  return t('Dry run finished for {0}: {1} with errors. {2}', imagesText(images), blocked, openText(flow));
}

function openText(flow: DeletionFlow): string {
  const { acceptances } = flow.review.counts;
  const open = Object.values(acceptances).reduce((sum, { total, accepted }) => sum + total - accepted, 0);
  switch (open) {
    case 0:
      return t('No warning is open.');
    case 1:
      return t('1 warning is open.');
    default:
      return t('{0} warnings are open.', open.toLocaleString('en'));
  }
}

/** What became of the images, worst news included: an image that is unconfirmed may be gone as well. */
function doneText(flow: DeletionFlow): string {
  const { counts, deletedAlongCount: deletedAlong, attempts } = flow.settlement;
  const inPlan: Partial<Record<ImageOutcome, number>> = attempts.countIn(flow.review);
  const countOf = (outcome: ImageOutcome) => counts[outcome] + (inPlan[outcome] ?? 0);
  const left = flow.review.counts.images;
  const parts = [
    t('Deleted: {0}.', imagesText(countOf('deleted'))),
    ...(deletedAlong > 0 ? [t('Removed with them: {0}.', imagesText(deletedAlong))] : []),
    ...(countOf('alreadyGone') > 0 ? [t('Already gone: {0}.', imagesText(countOf('alreadyGone')))] : []),
    ...(countOf('failed') > 0 ? [t('Failed, still there: {0}.', imagesText(countOf('failed')))] : []),
    ...(countOf('unconfirmed') > 0 ? [t('Unconfirmed: {0}.', imagesText(countOf('unconfirmed')))] : []),
    ...(left > 0 ? [t('Left in the plan: {0}.', imagesText(left))] : []),
  ];
  return parts.join(' ');
}
