import type { ActionMessage } from '../../src/namespaceOverview/protocol';
import type { Column } from './sorting';
import type { ShownRepository } from './repositories';

/** What the controls of the overview do. */
export interface Handlers {
  readonly act: (action: ActionMessage['action']) => void;
  readonly delete: () => void;
  readonly search: (text: string) => void;
  readonly sort: (column: Column) => void;
  readonly select: (repository: ShownRepository, isSelected: boolean) => void;
  readonly selectShown: (isSelected: boolean) => void;
  readonly open: (repository: ShownRepository, place: 'tree' | 'overview') => void;
  /** Brings these repositories of the treemap into view. */
  readonly find: (names: readonly string[]) => void;
}
