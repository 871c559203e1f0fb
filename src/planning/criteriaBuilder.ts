import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { createPicker } from '../util/quickInput';
import { askCriterion } from './askCriterion';
import {
  criterionKinds,
  criterionText,
  isEmptyDraft,
  type CriteriaDraft,
  type CriterionKind,
} from './criteriaDraft';
import { numberText } from '../texts/formats';
import { countedImagesText } from './texts/counts';
import type { RepositoryCounts } from './repositoryCounts';

type Choice = CriterionKind | 'plan';

interface ChoiceItem extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

interface BuilderOptions {
  /** Name of the repository, or of several together. */
  readonly subject: string;
  readonly counts: RepositoryCounts;
  /** Whether a folder or an editor is open, in which references can be searched for. */
  readonly canSearch: boolean;
  /** Fires when the counts have changed. */
  readonly onDidChangeCounts: vscode.Event<void>;
}

/**
 * Asks for the criteria of the images to delete, one at a time, until the user chooses to make the plan.
 *
 * @returns Undefined if the user cancelled.
 */
export async function buildCriteria(
  start: CriteriaDraft,
  options: BuilderOptions,
): Promise<CriteriaDraft | undefined> {
  let draft = start;
  let choice: Choice | undefined = 'status';
  for (;;) {
    choice = await choose(draft, choice, options);
    if (choice === undefined) {
      return undefined;
    }
    if (choice === 'plan') {
      return draft;
    }
    draft = await askCriterion(choice, draft, options);
  }
}

/** @param last The row that is active at first. */
function choose(draft: CriteriaDraft, last: Choice, options: BuilderOptions): Promise<Choice | undefined> {
  const { subject, counts, canSearch, onDidChangeCounts } = options;
  const pick = createPicker<ChoiceItem>();
  pick.title = l10n.t('Delete Matching Images: {0}', subject);
  pick.placeholder = l10n.t('Set the criteria, then plan the deletion');
  pick.matchOnDescription = true;
  let isEmptyRejected = false;
  const show = (): void => {
    const active = pick.activeItems[0]?.choice ?? last;
    pick.items = choiceItems(draft, { counts, canSearch }, isEmptyRejected);
    pick.activeItems = pick.items.filter((item) => item.choice === active);
    pick.busy = !counts.isComplete;
  };
  pick.keepScrollPosition = true;
  show();
  return new Promise((resolve) => {
    const listeners = [
      onDidChangeCounts(show),
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        if (item?.choice === 'plan' && isEmptyDraft(draft)) {
          isEmptyRejected = true;
          show();
          return;
        }
        resolve(item?.choice);
        pick.hide();
      }),
      pick.onDidHide(() => {
        resolve(undefined); // has no effect if an answer was accepted before
        listeners.forEach((listener) => {
          listener.dispose();
        });
        pick.dispose();
      }),
    ];
    pick.show();
  });
}

const criterionIcons: Readonly<Record<CriterionKind, string>> = {
  status: 'pulse',
  tags: 'tag',
  age: 'calendar',
  references: 'references',
  keep: 'star-empty',
};

function criterionLabel(kind: CriterionKind): string {
  switch (kind) {
    case 'status':
      return l10n.t('Status');
    case 'tags':
      return l10n.t('Tags');
    case 'age':
      return l10n.t('Age');
    case 'references':
      return l10n.t('References');
    case 'keep':
      return l10n.t('Keep');
  }
}

function choiceItems(
  draft: CriteriaDraft,
  { counts, canSearch }: Pick<BuilderOptions, 'counts' | 'canSearch'>,
  isEmptyRejected: boolean,
): readonly ChoiceItem[] {
  const criteria = criterionKinds.map((choice) => {
    const iconPath = new vscode.ThemeIcon(criterionIcons[choice]);
    const description =
      choice === 'references' && !canSearch
        ? l10n.t('not available: no folder or editor is open')
        : criterionText(choice, draft);
    return { label: criterionLabel(choice), description, iconPath, choice };
  });
  return [
    ...criteria,
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: l10n.t('Plan the Deletion…'),
      iconPath: new vscode.ThemeIcon('checklist'),
      description: countsText(counts),
      detail: isEmptyRejected
        ? l10n.t('Every image would match. Set at least one criterion first.')
        : l10n.t('Reads the images, then opens the review with a dry run. Nothing is deleted yet.'),
      choice: 'plan',
    },
  ];
}

/** How many images there are, or how far the counting has come. */
function countsText(counts: RepositoryCounts): string {
  const { repositories, counted, failed } = counts;
  const images = countedImagesText(counts);
  if (!counts.isComplete) {
    return repositories.length === 1
      ? l10n.t('counting images')
      : l10n.t(
          '{0} so far; counted {1} of {2} repositories',
          images,
          numberText(counted + failed),
          numberText(repositories.length),
        );
  }
  if (counted === 0) {
    return l10n.t('the images could not be counted');
  }
  if (failed === 0) {
    return images;
  }
  return failed === 1
    ? l10n.t('{0}; 1 repository could not be counted', images)
    : l10n.t('{0}; {1} repositories could not be counted', images, numberText(failed));
}
