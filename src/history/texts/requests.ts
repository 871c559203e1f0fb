import * as l10n from '@vscode/l10n';
import type { AnswerRecord, JournalRefusal } from '../../hub/deletion/journal';
import type { ManifestResult } from '../../hub/deletionAnswer';
import type { Blocker, BlockerKind, DeletionWarning } from '../../hub/findings';
import type { RunRequest } from '../../journal/run';
import { numberText } from '../../texts/formats';
import { tagList } from '../documents/recordedFacts';
import { refusalText } from '../../texts/refusals';
import { reasonText } from './reasons';

type CompletedAnswer = Extract<AnswerRecord['answer'], { readonly kind: 'completed' }>;

/** What is recorded of the answer to a request. */
export function answerText({ answer }: RunRequest): string {
  return answer === undefined
    ? l10n.t('no response is recorded; the outcome of each image shows whether the request had an effect')
    : recordedText(answer);
}

function recordedText({ answer }: AnswerRecord): string {
  switch (answer.kind) {
    case 'withdrawn':
      return l10n.t('canceled before it was sent, so it had no effect');
    case 'lost':
      return l10n.t(
        '{0}; the outcome of each image shows whether the request had an effect',
        reasonText(answer.reason),
      );
    case 'refused':
      return l10n.t(
        'refused: {0}',
        [
          ...(answer.reason === undefined ? [] : [reasonText(answer.reason)]),
          ...answer.blockers.map(blockerText),
          ...answer.warnings.map((warning) => l10n.t('{0}: {1}', warning.digest, warningText(warning))),
        ].join('; '),
      );
    case 'completed':
      return [...completedTexts(answer), ...(answer.refusals ?? []).map(keptText)].join('; ');
  }
}

function completedTexts({ metrics, results = [] }: CompletedAnswer): readonly string[] {
  const { manifestDeletes, manifestErrors, tagDeletes, tagErrors } = metrics;
  const count = (kind: ManifestResult) => results.filter(({ result }) => result === kind).length;
  const [lost, notSent] = [count('lost'), count('notSent')];
  const isComplete = results.every(({ result }) => result === 'removed');
  const errors = results.length === 0 ? manifestErrors : count('refused');
  return [
    isComplete ? l10n.t('completed') : l10n.t('ended early'),
    l10n.t('images deleted: {0}', numberText(manifestDeletes)),
    l10n.t('tags deleted: {0}', numberText(tagDeletes)),
    ...(errors === 0 ? [] : [l10n.t('images not deleted: {0}', numberText(errors))]),
    ...(tagErrors === 0
      ? []
      : [l10n.t('tags with an error or without a response: {0}', numberText(tagErrors))]),
    ...(lost === 0 ? [] : [l10n.t('images without a usable response: {0}', numberText(lost))]),
    ...(notSent === 0 ? [] : [l10n.t('images not requested: {0}', numberText(notSent))]),
  ];
}

/** A warning that was accepted. */
export function warningText({ warning, tags = [] }: DeletionWarning): string {
  switch (warning) {
    case 'is_active':
      return l10n.t('the image is active');
    case 'current_tag':
      return tags.length === 0
        ? l10n.t('the image has current tags')
        : l10n.t('the image has current tags: {0}', tagList(tags));
  }
}

function blockerText({ error, digest }: Blocker): string {
  return l10n.t('{0}: {1}', digest, blockerKindText(error));
}

function blockerKindText(kind: BlockerKind): string {
  switch (kind) {
    case 'not_found':
      return l10n.t('not found');
    case 'unauthorized':
      return l10n.t('not allowed');
    case 'child_manifest':
      return l10n.t('part of another image');
    case 'protected':
      return l10n.t('protected by a setting');
    case 'noLongerMatches':
      return l10n.t('no longer matches the criteria');
    case 'disputed':
      return l10n.t('tags disputed');
    case 'undetermined':
      return l10n.t('may belong to another image');
    case 'unreadable':
      return l10n.t('could not be read');
  }
}

function keptText(refusal: JournalRefusal): string {
  const { key, removedTags } = refusal;
  return removedTags.length === 0
    ? l10n.t('{0} not deleted: {1}', key, refusalText(refusal))
    : l10n.t('{0} not deleted: {1}; tags deleted: {2}', key, refusalText(refusal), tagList(removedTags));
}
