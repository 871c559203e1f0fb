import * as vscode from 'vscode';
import { repositoriesOf } from '../hub/deletion/batches';
import { Protection, type ProtectionPattern } from '../hub/deletion/protection';
import type { PlannedImage } from '../hub/deletionRequest';
import { type Inventory, readInventory } from '../hub/listing/inventory';
import { currentTags, type Image } from '../hub/model';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { readWithProgress } from '../interaction/progress';
import type { Services } from '../interaction/services';
import type { Notice } from '../webview/messageParts';

/** What is left of a plan when the protected images are taken out. */
export interface ProtectedPlan {
  readonly images: readonly PlannedImage[];
  readonly protection: Protection;
  readonly notices: readonly Notice[];
}

interface Surroundings {
  readonly activeFrom: Date;
  /** Complete listings that were made already. */
  readonly inventories: readonly Inventory[];
}

/**
 * Takes the images that the setting protects out of a plan.
 *
 * @returns `undefined` when the person did not acknowledge that a pattern protects nothing.
 */
export async function protectPlan(
  services: Services,
  images: readonly PlannedImage[],
  surroundings: Surroundings,
): Promise<ProtectedPlan | undefined> {
  const protection = new Protection(services.settings.protect);
  if (protection.patterns.length > 0) {
    const isAcknowledged = await acknowledgeIdle(services, protection, repositoriesOf(images), surroundings);
    if (!isAcknowledged) {
      return undefined;
    }
  }
  const kept = images.filter(({ repository, image }) => !protection.protects(repository, currentTags(image)));
  return { images: kept, protection, notices: protectedNotice(images.length - kept.length) };
}

/** Asks where a pattern protects nothing in any of the repositories. */
async function acknowledgeIdle(
  services: Services,
  protection: Protection,
  repositories: readonly RepositoryRef[],
  surroundings: Surroundings,
): Promise<boolean> {
  let idle = protection.patterns;
  for (const repository of repositories) {
    const all = await allImages(services, repository, surroundings);
    if (all === undefined) {
      return false;
    }
    const unmatched = new Set(protection.unmatched(repository, all.flatMap(currentTags)));
    idle = idle.filter((pattern) => unmatched.has(pattern) && !isForAnother(services, pattern, repository));
  }
  return idle.length === 0 || acknowledge(repositories, idle);
}

async function allImages(
  services: Services,
  repository: RepositoryRef,
  { activeFrom, inventories }: Surroundings,
): Promise<readonly Image[] | undefined> {
  const name = formatRepository(repository);
  const known = inventories.find((inventory) => formatRepository(inventory.repository) === name);
  if (known !== undefined) {
    return known.images;
  }
  const title = vscode.l10n.t('Looking for what is protected in {0}', name);
  const inventory = await readWithProgress(title, (signal, onProgress) =>
    readInventory(services.connections.require().images, repository, {
      activeFrom,
      pageSize: services.settings.pageSize,
      completenessCheck: 'pagesOnly',
      signal,
      onProgress,
    }),
  );
  return inventory?.images;
}

/** A pattern that names a repository known to exist is not misspelt for protecting nothing in this one. */
function isForAnother({ tree }: Services, pattern: ProtectionPattern, subject: RepositoryRef): boolean {
  const [repositoryPattern = ''] = pattern.split(':');
  const whole = new Protection([repositoryPattern]);
  return (
    !whole.protects(subject, []) &&
    tree.allRepositories().some(({ repository }) => whole.protects(repository, []))
  );
}

async function acknowledge(
  repositories: readonly RepositoryRef[],
  idle: readonly ProtectionPattern[],
): Promise<boolean> {
  const goOn = vscode.l10n.t('Go On Without Them');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('These patterns protect nothing in {0}:\n{1}', subjectText(repositories), idle.join('\n')),
    {
      modal: true,
      detail: vscode.l10n.t(
        'A misspelt pattern protects nothing. Check the setting "hubImages.protect" before you go on.',
      ),
    },
    goOn,
  );
  return answer === goOn;
}

function subjectText(repositories: readonly RepositoryRef[]): string {
  const [only, another] = repositories;
  return only !== undefined && another === undefined
    ? formatRepository(only)
    : vscode.l10n.t('any of the {0} repositories', repositories.length.toLocaleString('en'));
}

function protectedNotice(count: number): readonly Notice[] {
  if (count === 0) {
    return [];
  }
  const text =
    count === 1
      ? vscode.l10n.t('1 image was left out: the setting "hubImages.protect" protects it.')
      : vscode.l10n.t('{0} images were left out: the setting "hubImages.protect" protects them.', count);
  return [{ severity: 'info', text }];
}
