import type { ActionMessage, ImageRow } from '../../src/overview/protocol';

/** What the controls of the overview do. */
export interface Handlers {
  readonly act: (action: ActionMessage['action']) => void;
  readonly delete: () => void;
  readonly reset: () => void;
  /** A date was typed or picked, as the field has it. */
  readonly chooseDate: (text: string) => void;
  readonly pressKey: (event: KeyboardEvent) => void;
  /** The line was dragged so far across the window. */
  readonly dragTo: (clientX: number) => void;
  readonly toggleTable: (isOpen: boolean) => void;
  readonly copyDigest: (row: ImageRow) => void;
}
