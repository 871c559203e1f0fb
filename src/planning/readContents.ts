import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { repositoriesOf } from '../hub/deletion/batches';
import type { ImageSelection } from '../hub/deletion/imageSelection';
import type { PlannedImage } from '../hub/deletionRequest';
import type { NeededReading, PullQuota } from '../hub/imageApi';
import type { Inventory } from '../hub/listing/inventory';
import { isSameRepository } from '../hub/names';
import { readWithProgress } from '../interaction/progress';
import type { Services } from '../interaction/services';
import { numberText } from '../texts/formats';

/**
 * What became of the contents that a plan needs:
 *
 * - `notNeeded`: everything is known that can be
 * - `read`: they were read, so the images may have to be listed again
 * - `declined`: the user wants to continue without them
 */
export type ContentsOutcome = 'notNeeded' | 'read' | 'declined';

/** Requests per second that a reading is expected to send, used to estimate how long it takes. */
const requestsPerSecond = 20;

/**
 * Reads the contents of manifests without which it cannot be said whether the images may be deleted. Asks once before,
 * because each of the requests may count as a pull.
 *
 * @returns `undefined` if the user cancelled.
 * @throws {HubError} A request failed. What was read until then is stored.
 */
export async function readContents(
  services: Pick<Services, 'connections'>,
  images: readonly PlannedImage[],
): Promise<ContentsOutcome | undefined> {
  if (services.connections.require().imageApiKind() === 'management') {
    return 'notNeeded'; // it knows what it lists
  }
  const needed = await findNeeded(services, images);
  if (needed === undefined) {
    return undefined;
  }
  const total = needed.reduce((sum, { requests }) => sum + requests, 0);
  if (total === 0) {
    return 'notNeeded';
  }
  const answer = await ask(total, needed.find(({ quota }) => quota !== undefined)?.quota);
  return answer === 'read' ? readAll(needed, total) : answer;
}

function findNeeded(
  { connections }: Pick<Services, 'connections'>,
  images: readonly PlannedImage[],
): Promise<readonly NeededReading[] | undefined> {
  const api = connections.require().images;
  return readWithProgress(l10n.t('Preparing the dry run'), async (signal) => {
    const needed: NeededReading[] = [];
    for (const repository of repositoriesOf(images)) {
      const digests = images
        .filter((planned) => isSameRepository(planned.repository, repository))
        .map(({ image }) => image.digest);
      const reading = await api.neededReading?.(repository, digests, signal);
      if (reading !== undefined) {
        needed.push(reading);
      }
    }
    return needed;
  });
}

async function ask(requests: number, quota: PullQuota | undefined): Promise<'read' | 'declined' | undefined> {
  const read = l10n.t('Read Contents');
  const skip = l10n.t('Continue Without Reading');
  const message =
    requests === 1
      ? l10n.t('1 manifest must be read from the registry to find out which images belong together.')
      : l10n.t(
          'Up to {0} manifests must be read from the registry to find out which images belong together.',
          numberText(requests),
        );
  const answer = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail: detailText(requests, quota) },
    read,
    skip,
  );
  return answer === read ? 'read' : answer === skip ? 'declined' : undefined;
}

function detailText(requests: number, quota: PullQuota | undefined): string {
  const left = quota === undefined ? [] : [pullsLeftText(quota)];
  return [
    l10n.t(
      'This takes about {0}. Each request may count as a pull.',
      durationText(requests / requestsPerSecond),
    ),
    ...left,
    l10n.t('What is read is stored, so it is read only once. New images are also read during the deletion.'),
    l10n.t('If you continue without reading, images that may be part of other images are not deleted.'),
  ].join('\n\n');
}

function pullsLeftText({ remaining }: PullQuota): string {
  return remaining === 1
    ? l10n.t('Your account has 1 pull left.')
    : l10n.t('Your account has {0} pulls left.', numberText(remaining));
}

function durationText(seconds: number): string {
  if (seconds < 90) {
    const whole = Math.max(1, Math.ceil(seconds));
    return whole === 1 ? l10n.t('1 second') : l10n.t('{0} seconds', numberText(whole));
  }
  return l10n.t('{0} minutes', numberText(Math.ceil(seconds / 60)));
}

async function readAll(needed: readonly NeededReading[], total: number): Promise<'read' | undefined> {
  const title = l10n.t('Reading contents from the registry');
  const isRead = await readWithProgress(title, async (signal, report) => {
    let before = 0;
    for (const reading of needed) {
      await reading.read({
        signal,
        onProgress: (done) => {
          report(before + done, total);
        },
      });
      before += reading.requests;
    }
    return true;
  });
  if (isRead !== true) {
    const text = l10n.t(
      'Reading was canceled. Nothing was planned. What has been read is stored, so reading continues from there next time.',
    );
    void vscode.window.showInformationMessage(text);
    return undefined;
  }
  return 'read';
}

/** The images that match, and those that may match once it is known what belongs together. */
export function mayMatch({
  inventory: { repository },
  selected,
  protectedImages,
}: Pick<ImageSelection, 'selected' | 'protectedImages'> & {
  readonly inventory: Inventory;
}): readonly PlannedImage[] {
  const undetermined = protectedImages.filter(({ reason }) => reason === 'undetermined');
  return [...selected, ...undetermined.map(({ image }) => image)].map((image) => ({ repository, image }));
}
