import * as vscode from 'vscode';
import { copyLines } from './clipboard';
import type { Services, Target } from './services';
import { imagesFrom } from './subjects';

/** Copies the full digests, a line each. */
export async function copyDigest(services: Services, target: Target): Promise<void> {
  const images = await imagesFrom(services, target, vscode.l10n.t('Images whose digests are copied'));
  await copyLines(images.map(({ image }) => image.digest));
}
