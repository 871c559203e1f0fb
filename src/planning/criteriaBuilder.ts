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
import type { RepositoryCounts } from './repositoryCounts';

const { t } = vscode.l10n;

type Choice = CriterionKind | 'plan';

interface ChoiceItem extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

interface BuilderOptions {
  /** What the images are of: a repository, or several. */
  readonly subject: string;
  readonly counts: RepositoryCounts;
  /** The counts are others by now. */
  readonly onDidCount: vscode.Event<void>;
}

/**
 * Asks what the images to delete are like, one criterion after the other, until the person is content.
 *
 * @returns `undefined` when it was given up.
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
    draft = await askCriterion(choice, draft);
  }
}

/** @param last The row to begin at. */
function choose(draft: CriteriaDraft, last: Choice, options: BuilderOptions): Promise<Choice | undefined> {
  const { subject, counts, onDidCount } = options;
  const pick = createPicker<ChoiceItem>();
  pick.title = t('Delete Matching Images: {0}', subject);
  pick.placeholder = t('What the images are like; then make the plan');
  pick.matchOnDescription = true;
  let isTold = false;
  const show = (): void => {
    const active = pick.activeItems[0]?.choice ?? last;
    pick.items = itemsOf(draft, counts, isTold);
    pick.activeItems = pick.items.filter((item) => item.choice === active);
    pick.busy = !counts.isComplete;
  };
  pick.keepScrollPosition = true;
  show();
  return new Promise((resolve) => {
    const listeners = [
      onDidCount(show),
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        if (item?.choice === 'plan' && isEmptyDraft(draft)) {
          isTold = true;
          show();
          return;
        }
        resolve(item?.choice);
        pick.hide();
      }),
      pick.onDidHide(() => {
        resolve(undefined); // an answer that came before stands
        listeners.forEach((listener) => {
          listener.dispose();
        });
        pick.dispose();
      }),
    ];
    pick.show();
  });
}

const words: Readonly<Record<CriterionKind, readonly [label: string, icon: string]>> = {
  status: [t('Status'), 'pulse'],
  tags: [t('Tags'), 'tag'],
  age: [t('Age'), 'calendar'],
  keep: [t('Keep'), 'star-empty'],
};

function itemsOf(draft: CriteriaDraft, counts: RepositoryCounts, isTold: boolean): readonly ChoiceItem[] {
  const criteria = criterionKinds.map((choice) => {
    const [label, icon] = words[choice];
    const description = criterionText(choice, draft);
    return { label, description, iconPath: new vscode.ThemeIcon(icon), choice };
  });
  return [
    ...criteria,
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: t('Plan the Deletion…'),
      iconPath: new vscode.ThemeIcon('checklist'),
      description: countsText(counts),
      detail: isTold
        ? t('Every image would match: set at least one of these first.')
        : t('Reads the images, then dry run and review. Nothing is deleted before that.'),
      choice: 'plan',
    },
  ];
}

/** `1,204 images, 980 of them inactive`, as far as they are known. */
function countsText(counts: RepositoryCounts): string {
  const { repositories, counted, failed } = counts;
  const images = t(
    '{0} images, {1} of them inactive',
    counts.total.toLocaleString('en'),
    counts.inactive.toLocaleString('en'),
  );
  if (!counts.isComplete) {
    return repositories.length === 1
      ? t('counting the images')
      : t('{0} so far; counted {1} of {2} repositories', images, counted + failed, repositories.length);
  }
  if (counted === 0) {
    return t('the images could not be counted');
  }
  return failed === 0 ? images : t('{0}; {1} repositories could not be counted', images, failed);
}
