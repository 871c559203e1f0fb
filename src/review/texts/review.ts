import * as l10n from '@vscode/l10n';
import type { Collateral, CollateralImage } from '../../hub/deletion/collateral';
import type { DeletionFlow } from '../../hub/deletion/deletionFlow';
import type { FlowEvent, FlowPhase, FlowProgress } from '../../hub/deletion/flowEvent';
import { shortDigest } from '../../hub/digest';
import type { Blocker, WarningKind } from '../../hub/findings';
import { isHubError } from '../../hub/errors';
import { imageLabel } from '../../texts/imageLabel';
import type { Image } from '../../hub/model';
import { formatRepository } from '../../hub/names';
import { imageStatusText } from '../../texts/activity';
import { sanitizeLabel } from '../../util/sanitizeText';
import { partText } from '../../texts/parts';
import { imagesText as countedImages, summaryText } from '../../texts/summary';
import type { AcceptanceRefusal } from '../shownFindings';
import { numberText, sortedNaturally } from '../../texts/formats';
import { sizeText } from '../../texts/sizes';

export function panelTitle(repositories: readonly string[]): string {
  const [first = '', second] = repositories;
  if (second === undefined) {
    return l10n.t('Delete images: {0}', first);
  }
  return repositories.length === 2
    ? l10n.t('Delete images: {0}, {1}', first, second)
    : l10n.t('Delete images: {0} and {1} more', first, repositories.length - 1);
}

function imagesText(count: number): string {
  return countedImages(count);
}

export function warningText(kind: WarningKind): string {
  switch (kind) {
    case 'is_active':
      return l10n.t('Still in use: it was pushed or pulled within the activity window.');
    case 'current_tag':
      return l10n.t('Its tags will be deleted with it:');
  }
}

export function blockerText({ error, deletedAlong, isTokenLacking }: Blocker): string {
  switch (error) {
    case 'not_found':
      return l10n.t('The server does not list this image. It may no longer exist.');
    case 'unauthorized':
      return isTokenLacking === true
        ? l10n.t(
            'Your access token cannot delete this image. Deleting needs a token with Read, Write & Delete permission.',
          )
        : l10n.t('Your account or access token is not allowed to delete this image.');
    case 'child_manifest':
      return l10n.t('It belongs to another image and can only be deleted together with it.');
    case 'protected':
      return deletedAlong === undefined
        ? l10n.t('The setting "hubImages.protect" protects it.')
        : l10n.t(
            'The setting "hubImages.protect" protects {0}, which would be deleted along with it.',
            sanitizeLabel(imageLabel(deletedAlong)),
          );
    case 'noLongerMatches':
      return deletedAlong === undefined
        ? l10n.t('It no longer matches the criteria of this plan.')
        : l10n.t(
            'The criteria of this plan exclude {0}, which would be deleted along with it.',
            sanitizeLabel(imageLabel(deletedAlong)),
          );
    case 'disputed':
      return l10n.t('The lists on the server disagree about its tags. Repeat the dry run in a few minutes.');
    case 'undetermined':
      return l10n.t(
        'It is not known whether another image needs it. Remove it from the plan, run Delete Images… on it again in the Hub Images view, and select Read Contents when you are asked.',
      );
    case 'unreadable':
      return l10n.t(
        'An entry of the lists on the server could not be read, so it is not known which tags the image has or whether another image needs it.',
      );
  }
}

/** The collateral of an image, in a sentence before the list of {@link collateralItems}. */
export function collateralText(collateral: Collateral): string {
  if (collateral.kind === 'unknown') {
    return l10n.t('Other images may be deleted along with it. It is not known which ones.');
  }
  const formerHolders = collateral.images.filter(({ formerTags }) => formerTags.length > 0).length;
  if (formerHolders === 0) {
    return l10n.t('Images that belong to it will be deleted with it:');
  }
  return formerHolders === collateral.images.length
    ? l10n.t('Untagged images that used to have its tags will be deleted with it:')
    : l10n.t(
        'Images that belong to it, and untagged images that used to have its tags, will be deleted with it:',
      );
}

/** `sha256:0f3a… (was latest, active)`, or `sha256:0f3a… (linux/arm64, active)` of a part. */
export function collateralItem({ image, formerTags }: CollateralImage): string {
  const digest = shortDigest(image.digest);
  const status = imageStatusText(image.status);
  return formerTags.length > 0
    ? l10n.t('{0} (was {1}, {2})', digest, sortedNaturally(formerTags).map(sanitizeLabel).join(', '), status)
    : l10n.t('{0} ({1}, {2})', digest, partLabel(image), status);
}

/** What a part is to the image it belongs to. */
export function partLabel(part: Image): string {
  return partText(part) ?? l10n.t('platform not known');
}

/** An upper bound: what a server calls the size of an image has layers in it that other images may share. */
export function removedSizeText(bytes: number): string {
  return l10n.t(
    'Size of the deleted images: at most {0}. Layers shared with other images are counted in full.',
    sizeText(bytes),
  );
}

/** `24 of 60 deleted.` */
export function progressText(phase: FlowPhase, { done, total }: FlowProgress): string {
  switch (phase) {
    case 'deleting':
      return l10n.t('{0} of {1} deleted.', numberText(done), numberText(total));
    case 'verifying':
      return l10n.t('{0} of {1} listed.', numberText(done), numberText(total));
    default:
      return l10n.t('{0} of {1} checked.', numberText(done), numberText(total));
  }
}

/** The sentence of the live region. */
export function statusText(event: FlowEvent, flow: DeletionFlow): string {
  const { counts } = flow.review;
  switch (event.kind) {
    case 'checking':
      return l10n.t('Running the dry run. Nothing is deleted.');
    case 'checked':
      return checkedText(flow);
    case 'checkCancelled':
      return event.isFinal === true
        ? l10n.t('The check before the deletion was canceled. {0}', nothingText(flow))
        : l10n.t('The dry run was canceled. {0}', nothingText(flow));
    case 'checkFailed':
      return isHubError(event.error, 'dryRunMismatch')
        ? l10n.t(
            'The dry run failed. It is not known whether images were deleted. Repeat the dry run to see which images still exist.',
          )
        : checkFailedText(event.isFinal === true, flow);
    case 'accepted':
      return event.isAccepted
        ? l10n.t('Accepted {0} for {1}. {2}', event.acceptance, imagesText(event.images), openText(flow))
        : l10n.t(
            'No longer accepted: {0} for {1}. {2}',
            event.acceptance,
            imagesText(event.images),
            openText(flow),
          );
    case 'removed':
      return l10n.t(
        'Removed {0} from the plan. {1} left. {2}',
        imagesText(event.images),
        imagesText(counts.images),
        nothingText(flow),
      );
    case 'confirming':
      return l10n.t('Waiting for your answer.');
    case 'changed':
      return [
        l10n.t('The review has changed since you last saw it. {0}', nothingText(flow)),
        ...blockedSentences(counts.blocked),
        openText(flow),
      ].join(' ');
    case 'busy':
      return l10n.t(
        'Another deletion is running in {0}. {1}',
        formatRepository(event.repository),
        nothingText(flow),
      );
    case 'rechecking':
      return l10n.t('Checking once more, right before the deletion.');
    case 'notWritten':
      return l10n.t('The record of the deletion could not be written. {0}', doneText(flow));
    case 'declined':
      return nothingText(flow);
    case 'deleting':
      return l10n.t('Deleting {0}.', imagesText(counts.images));
    case 'stopping':
      return l10n.t('Stopping after the current request.');
    case 'verifying':
      return l10n.t('Checking which images still exist.');
    case 'refused':
      return l10n.t('The server refused a request. {0}', doneText(flow));
    case 'interrupted':
      return event.cause === 'person'
        ? l10n.t('You stopped the deletion. {0}', doneText(flow))
        : l10n.t('The deletion was interrupted. {0}', doneText(flow));
    case 'stopped':
      return event.cause === 'person'
        ? l10n.t('You stopped the deletion. {0}', doneText(flow))
        : doneText(flow);
    case 'finished':
      return doneText(flow);
    case 'settledLater':
      return l10n.t('Checked again. {0}', doneText(flow));
  }
}

function checkFailedText(isFinal: boolean, flow: DeletionFlow): string {
  return isFinal
    ? l10n.t('The check before the deletion failed. {0}', nothingText(flow))
    : l10n.t('The dry run failed. {0}', nothingText(flow));
}

/** Why nothing came of a decision about all rows shown. */
export function othersShownText(): string {
  return l10n.t('Nothing was changed: the list now shows other images. Review them and decide again.');
}

/** Why an acceptance for one image was refused. */
export function acceptanceRefusalText(refusal: AcceptanceRefusal, label: string): string {
  switch (refusal) {
    case 'notSent':
      return l10n.t('Nothing was accepted: the image is not in the list. Review the list again.');
    case 'tagsChanged':
      return l10n.t(
        'The tags of {0} have changed since they were shown. Review them again.',
        sanitizeLabel(label),
      );
    case 'findingsChanged':
      return l10n.t(
        'The warnings of {0} have changed since they were shown. Review them again.',
        sanitizeLabel(label),
      );
  }
}

/** Why an acceptance for several images was refused. */
export function warningsChangedText(): string {
  return l10n.t('Nothing was accepted: warnings have changed since they were shown. Review them again.');
}

function checkedText(flow: DeletionFlow): string {
  const { images, blocked } = flow.review.counts;
  const checked = l10n.t('Dry run finished for {0}.', imagesText(images));
  return [checked, ...blockedSentences(blocked), openText(flow)].join(' ');
}

function blockedSentences(count: number): readonly string[] {
  switch (count) {
    case 0:
      return [];
    case 1:
      return [l10n.t('1 image has errors.')];
    default:
      return [l10n.t('{0} images have errors.', numberText(count))];
  }
}

function openText(flow: DeletionFlow): string {
  const { acceptances } = flow.review.counts;
  const kinds = Object.values(acceptances);
  const open = kinds.reduce((sum, { total, accepted }) => sum + total - accepted, 0);
  switch (open) {
    case 0:
      return kinds.some(({ total }) => total > 0)
        ? l10n.t('All warnings accepted.')
        : l10n.t('There are no warnings.');
    case 1:
      return l10n.t('1 warning is not accepted.');
    default:
      return l10n.t('{0} warnings are not accepted.', numberText(open));
  }
}

/** That the last step deleted nothing, whatever an earlier deletion of the review did. */
function nothingText({ summary }: Pick<DeletionFlow, 'summary'>): string {
  return summary === undefined ? l10n.t('Nothing was deleted.') : l10n.t('Nothing else was deleted.');
}

/** What became of the images so far; empty where no outcome is known yet. */
function doneText({ summary }: Pick<DeletionFlow, 'summary'>): string {
  return summary === undefined ? l10n.t('Nothing was deleted.') : summaryText(summary);
}
