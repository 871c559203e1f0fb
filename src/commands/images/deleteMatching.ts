import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type NamedRepositories, repositoriesFrom } from '../../interaction/repositoriesFrom';
import { onSameConnection } from '../../interaction/sameConnection';
import type { Services, Target } from '../../interaction/services';
import { buildCriteria } from '../../planning/criteriaBuilder';
import { criteriaOf, draftText, type CriteriaDraft } from '../../planning/criteriaDraft';
import { planMatching } from '../../planning/planMatching';
import { RepositoryCounts } from '../../planning/repositoryCounts';
import { numberText } from '../../texts/formats';
import { canSearchWorkspace } from '../../workspace/canSearchWorkspace';

/** The dry run warns of each active image, so the criteria start with the inactive ones. */
const initialDraft: CriteriaDraft = { status: 'inactive' };

/** Asks for criteria, and plans the deletion of every image that matches them in one repository or several. */
export async function deleteMatching(services: Services, target: Target): Promise<void> {
  const subject = await onSameConnection(services, () => repositoriesFrom(services, target));
  if (subject !== undefined) {
    await deleteMatchingIn(services, subject);
  }
}

/** Does the same for given repositories, such as those selected in a namespace overview. */
export async function deleteMatchingIn(services: Services, subject: NamedRepositories): Promise<void> {
  if (services.connections.current === undefined) {
    return;
  }
  const counts = new RepositoryCounts(subject.repositories);
  const draft = await onSameConnection(services, () => askWithCounts(services, counts, subject.name));
  if (draft === undefined) {
    return;
  }
  const repositories = subject.repositories.filter((repository) => counts.mayHave(draft.status, repository));
  const noMatchText = l10n.t('No images in {0} match: {1}.', subject.name, draftText(draft));
  if (repositories.length === 0) {
    void vscode.window.showInformationMessage(noMatchText);
    return;
  }
  await planMatching(services, {
    repositories,
    criteria: criteriaOf(draft, services.now()),
    isUnreferenced: draft.isUnreferenced === true,
    noMatchText: (uncertainCount) =>
      uncertainCount === 0 ? noMatchText : uncertainMatchText(subject.name, draft, uncertainCount),
    notices: [
      {
        severity: 'info',
        text: l10n.t('Selected from all images in {0}: {1}.', subject.name, draftText(draft)),
      },
    ],
  });
}

/** @param count How many images may match. */
function uncertainMatchText(name: string, draft: CriteriaDraft, count: number): string {
  return count === 1
    ? l10n.t(
        'No image in {0} is known to match: {1}. 1 image may match. To delete it, select it manually.',
        name,
        draftText(draft),
      )
    : l10n.t(
        'No image in {0} is known to match: {1}. {2} images may match. To delete them, select them manually.',
        name,
        draftText(draft),
        numberText(count),
      );
}

async function askWithCounts(
  { catalog }: Services,
  counts: RepositoryCounts,
  subject: string,
): Promise<CriteriaDraft | undefined> {
  const didChangeCounts = new vscode.EventEmitter<void>();
  void counts.read(catalog, () => {
    didChangeCounts.fire();
  });
  try {
    return await buildCriteria(initialDraft, {
      subject,
      counts,
      canSearch: canSearchWorkspace(),
      onDidChangeCounts: didChangeCounts.event,
    });
  } finally {
    counts.dispose();
    didChangeCounts.dispose();
  }
}
