import * as l10n from '@vscode/l10n';
import type { ImageApiKind } from '../hub/autoImageApi';

/** Which Docker Hub the sandbox simulates, as in `Sandbox: Docker Hub today`. */
export function sandboxServerText(api: ImageApiKind | undefined): string {
  return api === 'management' ? l10n.t('Docker Hub until December 2023') : l10n.t('Docker Hub today');
}
