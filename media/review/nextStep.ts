import type { StateMessage } from '../../src/review/protocol';

/**
 * Whether the next step is to check again what became of images, so that this is the primary button. While images can
 * still be deleted, that comes first.
 */
export function isCheckNext({
  actions,
  canDelete,
  leftToCheck,
}: Pick<StateMessage, 'actions' | 'canDelete' | 'leftToCheck'>): boolean {
  return actions.includes('checkAgain') && !canDelete && leftToCheck === null;
}
