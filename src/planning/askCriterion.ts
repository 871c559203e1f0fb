import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { enterText, pickOne } from '../util/quickInput';
import type { CriteriaDraft, CriterionKind } from './criteriaDraft';
import { numberText } from '../texts/formats';

const maxDays = 3650;
const maxKeepNewest = 10_000;

/** Characters of tags and of globs. */
const tagGlob = /^!?[\w.*?{}[\]()|,!+@^-]+$/;

/**
 * Asks for the value of one criterion.
 *
 * @param options Whether references can be searched for.
 * @returns The draft with the answer, or the same draft if the user cancelled.
 */
export function askCriterion(
  kind: CriterionKind,
  draft: CriteriaDraft,
  { canSearch }: { readonly canSearch: boolean },
): Promise<CriteriaDraft> {
  switch (kind) {
    case 'status':
      return askStatus(draft);
    case 'tags':
      return askTags(draft);
    case 'age':
      return askAge(draft);
    case 'references':
      return askReferences(draft, canSearch);
    case 'keep':
      return askKeep(draft);
  }
}

type Answer = vscode.QuickPickItem & { readonly draft: CriteriaDraft };

async function askStatus(draft: CriteriaDraft): Promise<CriteriaDraft> {
  const answers: Answer[] = [
    { label: l10n.t('Inactive images'), draft: { ...draft, status: 'inactive' } },
    {
      label: l10n.t('Active images'),
      detail: l10n.t('The dry run warns about each of them.'),
      draft: { ...draft, status: 'active' },
    },
    {
      label: l10n.t('Active or inactive'),
      detail: l10n.t('The dry run warns about each active image.'),
      draft: { ...draft, status: undefined },
    },
  ];
  const answer = await pickOne(answers, { placeHolder: l10n.t('Select the status of the images') });
  return answer?.draft ?? draft;
}

async function askTags(draft: CriteriaDraft): Promise<CriteriaDraft> {
  const anyTags: CriteriaDraft = { ...draft, tagging: undefined, tagPatterns: undefined };
  const byPattern: Answer = {
    label: l10n.t('Every tag matches a pattern…'),
    detail: l10n.t(
      'For example, pr-* or nightly-*. Images that also have other tags are left out, because those tags would be deleted too.',
    ),
    draft,
  };
  const answers: Answer[] = [
    { label: l10n.t('Untagged images'), draft: { ...anyTags, tagging: 'untagged' } },
    {
      label: l10n.t('Tagged images'),
      detail: l10n.t('The dry run warns about each of them.'),
      draft: { ...anyTags, tagging: 'tagged' },
    },
    byPattern,
    { label: l10n.t('Tagged or untagged'), draft: anyTags },
  ];
  const answer = await pickOne(answers, { placeHolder: l10n.t('Select the tags of the images') });
  if (answer !== byPattern) {
    return answer?.draft ?? draft;
  }
  const entered = await enterText({
    prompt: l10n.t('Tag patterns, separated by commas'),
    placeHolder: 'pr-*, nightly-*',
    value: draft.tagPatterns?.join(', ') ?? '',
    validateInput: patternsProblem,
  });
  const tagPatterns = parsePatterns(entered ?? '');
  return tagPatterns.length === 0 ? draft : { ...anyTags, tagPatterns };
}

async function askAge(draft: CriteriaDraft): Promise<CriteriaDraft> {
  const answer = await askNumber({
    prompt: l10n.t('Days since the image was last pushed. Leave empty for any age.'),
    example: '90',
    current: draft.olderThanDays,
    max: maxDays,
  });
  return answer === undefined ? draft : { ...draft, olderThanDays: answer.value };
}

async function askReferences(draft: CriteriaDraft, canSearch: boolean): Promise<CriteriaDraft> {
  const answers: Answer[] = [
    canSearch
      ? {
          label: l10n.t('Not referenced in the workspace'),
          detail: l10n.t(
            'Only the open folders and editors are searched. Images that a line may refer to are left out.',
          ),
          draft: { ...draft, isUnreferenced: true },
        }
      : {
          label: l10n.t('Not referenced in the workspace'),
          detail: l10n.t('Not available: no folder or editor is open.'),
          draft,
        },
    { label: l10n.t('Referenced or not'), draft: { ...draft, isUnreferenced: undefined } },
  ];
  const answer = await pickOne(answers, {
    placeHolder: l10n.t('Select images by their references in the workspace'),
  });
  return answer?.draft ?? draft;
}

async function askKeep(draft: CriteriaDraft): Promise<CriteriaDraft> {
  const answer = await askNumber({
    prompt: l10n.t(
      'Number of matching images to keep in each repository, most recently pushed first. Leave empty to keep none.',
    ),
    example: '5',
    current: draft.keepNewest,
    max: maxKeepNewest,
  });
  return answer === undefined ? draft : { ...draft, keepNewest: answer.value };
}

interface NumberQuestion {
  readonly prompt: string;
  readonly example: string;
  readonly current: number | undefined;
  readonly max: number;
}

/** @returns Undefined if the user cancelled; without a value if the box was left empty. */
async function askNumber({
  prompt,
  example,
  current,
  max,
}: NumberQuestion): Promise<{ readonly value: number | undefined } | undefined> {
  const entered = await enterText({
    prompt,
    placeHolder: example,
    value: current?.toString() ?? '',
    validateInput: (text) => numberProblem(text.trim(), max),
  });
  return entered === undefined ? undefined : { value: entered.trim() === '' ? undefined : Number(entered) };
}

function numberProblem(text: string, max: number): string | undefined {
  const isValid = text === '' || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= max);
  return isValid ? undefined : l10n.t('Enter a whole number from 1 to {0}.', numberText(max));
}

/** Splits at commas, except at those inside braces, which belong to a glob. */
function parsePatterns(text: string): readonly string[] {
  return text
    .split(/,(?![^{]*\})/)
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
}

function patternsProblem(text: string): string | undefined {
  const problem = parsePatterns(text).find((pattern) => !tagGlob.test(pattern));
  return problem === undefined
    ? undefined
    : l10n.t('No tag can match {0}. Tags contain only letters, digits, “_”, “.” and “-”.', problem);
}
