import * as l10n from '@vscode/l10n';
import {
  type References,
  type ResultAction,
  type ReviewPhase,
  type ReviewResult,
  type StateMessage,
  type WarningKind,
  warningKinds,
} from '../../src/review/protocol';
import { numberText } from '../../src/texts/formats';
import { imagesText } from '../../src/texts/summary';

/** How many images the plan has. */
export function extentText({ imageCount, rowCount }: StateMessage): string {
  if (imageCount === 0 && rowCount > 0) {
    return l10n.t('No images left in the plan');
  }
  return imageCount === 1
    ? l10n.t('1 image in the plan')
    : l10n.t('{0} images in the plan', numberText(imageCount));
}

/** Names of parts of the page, which screen readers say. */
export function regionLabel(region: 'toolbar' | 'find' | 'shown' | 'table'): string {
  switch (region) {
    case 'toolbar':
      return l10n.t('Decisions for the plan');
    case 'find':
      return l10n.t('Find images in the plan');
    case 'shown':
      return l10n.t('Decisions for the images shown');
    case 'table':
      return l10n.t('Images to delete');
  }
}

/** @param kind The name that Docker Hub has for the warning. */
export function acceptAllText(kind: WarningKind, total: number): string {
  return l10n.t('Accept all {0} warnings ({1})', kind, numberText(total));
}

export function deleteText(count: number): string {
  return count === 1 ? l10n.t('Delete 1 Image') : l10n.t('Delete {0} Images', numberText(count));
}

/** @param left Images that the dry run has not checked; none if only their collateral is still unknown. */
export function continueText(left: number): string {
  switch (left) {
    case 0:
      return l10n.t('Continue Dry Run');
    case 1:
      return l10n.t('Continue Dry Run (1 Image Left)');
    default:
      return l10n.t('Continue Dry Run ({0} Images Left)', numberText(left));
  }
}

export function removeBlockedText(count: number): string {
  return l10n.t('Remove All with Errors ({0})', numberText(count));
}

/** The other actions of the page. */
export function actionText(action: ResultAction | 'repeatDryRun' | 'close'): string {
  switch (action) {
    case 'repeatDryRun':
      return l10n.t('Repeat Dry Run');
    case 'close':
      return l10n.t('Close');
    case 'signIn':
      return l10n.t('Sign In');
    case 'checkAgain':
      return l10n.t('Check Again');
    case 'showHistory':
      return l10n.t('Show Deletion History');
    case 'showLog':
      return l10n.t('Show Log');
  }
}

/** Why nothing can be deleted yet, and what would help; `undefined` when it can. */
export function deleteReason(state: StateMessage): string | undefined {
  return state.canDelete
    ? undefined
    : (reasonOfPhase(state.phase, state.leftToCheck !== null) ?? openPoints(state));
}

function reasonOfPhase(phase: ReviewPhase, canContinue: boolean): string | undefined {
  switch (phase) {
    case 'checking':
      return l10n.t('Delete is available after the dry run finishes.');
    case 'confirming':
      return l10n.t('Confirm or cancel in the dialog.');
    case 'rechecking':
    case 'deleting':
    case 'verifying':
      return l10n.t('The deletion is in progress.');
    case 'failed':
      return canContinue ? l10n.t('To delete, continue the dry run.') : repeatReason();
    case 'finished':
    case 'reviewing':
      return undefined;
  }
}

function repeatReason(): string {
  return l10n.t('To delete, repeat the dry run.');
}

function openPoints({
  imageCount,
  uncheckedCount,
  blockedCount,
  warnings,
  references,
  result,
}: StateMessage): string {
  if (imageCount === 0) {
    return emptyPlanText();
  }
  if (uncheckedCount > 0) {
    return result === null ? uncheckedReason(uncheckedCount) : recheckReason(uncheckedCount);
  }
  const open = warningKinds.reduce((sum, kind) => sum + warnings[kind].total - warnings[kind].accepted, 0);
  if (blockedCount > 0 && open > 0) {
    return l10n.t('To delete, remove {0} and accept {1}.', blockedText(blockedCount), warningsText(open));
  }
  if (blockedCount > 0) {
    return l10n.t('To delete, remove {0}.', blockedText(blockedCount));
  }
  return open > 0
    ? l10n.t('To delete, accept {0}.', warningsText(open))
    : (searchReason(references?.state) ?? repeatReason());
}

function searchReason(state: References['state'] | undefined): string | undefined {
  switch (state) {
    case 'searching':
      return l10n.t('Delete is available after the workspace has been searched.');
    case 'failed':
      return l10n.t('To delete, search the workspace again or continue without searching.');
    default:
      return undefined;
  }
}

/** After a deletion, which may have changed what the dry run found. */
function recheckReason(count: number): string {
  return count === 1
    ? l10n.t('1 image must be checked again. Repeat the dry run.')
    : l10n.t('{0} images must be checked again. Repeat the dry run.', numberText(count));
}

function uncheckedReason(count: number): string {
  return count === 1
    ? l10n.t('1 image has not been checked. Repeat the dry run.')
    : l10n.t('{0} images have not been checked. Repeat the dry run.', numberText(count));
}

function blockedText(count: number): string {
  return count === 1 ? l10n.t('1 image with errors') : l10n.t('{0} images with errors', numberText(count));
}

export function emptyPlanText(): string {
  return l10n.t('No images are left in the plan.');
}

export function loadingText(): string {
  return l10n.t('Loading…');
}

/** `1 warning`, `2 warnings` */
export function warningsText(count: number): string {
  return count === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', numberText(count));
}

export function resultHeading(): string {
  return l10n.t('Result');
}

/** What became of the images, in plain words and numbers; what did not happen is left out, except for deletion itself. */
export function figuresOf(result: ReviewResult): readonly (readonly [string, number])[] {
  const { deleted, alreadyGone, notDeleted, unknown, deletedAlong, unknownAlong } = result;
  const isDeletedKnown = deleted > 0 || unknown === 0;
  const figures: readonly (readonly [string, number, boolean])[] = [
    [l10n.t('Deleted'), deleted, isDeletedKnown],
    [l10n.t('Also deleted'), deletedAlong, deletedAlong > 0],
    [l10n.t('Already gone'), alreadyGone, alreadyGone > 0],
    [l10n.t('Not deleted'), notDeleted, notDeleted > 0],
    [l10n.t('Unknown'), unknown, unknown > 0],
    [l10n.t('Others unknown'), unknownAlong, unknownAlong > 0],
  ];
  return figures.flatMap(([label, count, isShown]) => (isShown ? [[label, count] as const] : []));
}

/** What the server itself reported. */
export function reportedText({ reported, isAnySent }: ReviewResult): string {
  if (!isAnySent) {
    return l10n.t('No request was sent.');
  }
  if (reported === null) {
    return l10n.t('The server did not report everything that it deleted.');
  }
  const { manifestDeletes, manifestErrors, tagDeletes, tagErrors } = reported;
  const [images, tags] = [imagesText(manifestDeletes), tagsText(tagDeletes)];
  return manifestErrors + tagErrors === 0
    ? l10n.t('The server reported {0} and {1} as deleted.', images, tags)
    : l10n.t(
        'The server reported {0} and {1} as deleted, and errors for {2} and {3}.',
        images,
        tags,
        imagesText(manifestErrors),
        tagsText(tagErrors),
      );
}

function tagsText(count: number): string {
  return count === 1 ? l10n.t('1 tag') : l10n.t('{0} tags', numberText(count));
}
