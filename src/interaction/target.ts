import type { CommandId } from '../contributions';
import { type ImageApiKind, imageApiKinds } from '../hub/autoImageApi';
import type { Node } from '../providers/nodes';
import type { Services, Target } from './services';
import { type ShownReference, shownReferenceOf } from './shownReference';

/** The argument of the key bindings in package.json: what the command applies to. */
const keyArguments = ['selection', 'keyboard'] as const;
type KeyArgument = (typeof keyArguments)[number];

/**
 * Determines the target from the arguments of a command. A menu passes the row under the pointer and the selection that
 * it belongs to, a key binding stands for the selection or for nothing, and the Command Palette passes nothing.
 *
 * Another extension or a `command:` link can pass anything. Rows are accepted by identity: only the tree creates them. A link in
 * a tooltip passes the id of its row, which leads only to rows whose tooltip was shown.
 *
 * @returns Undefined if an argument is not a row of the tree. The command must not run then.
 */
export async function targetOf(
  services: Pick<Services, 'tree' | 'treeView'>,
  command: CommandId,
  args: readonly unknown[],
): Promise<Target | undefined> {
  const [first, selection] = args;
  const isRow = (value: unknown): value is Node => services.tree.isRow(value);
  const selected = selectedRows(selection, isRow);
  if (selected === undefined) {
    return undefined;
  }
  const key = keyArgumentOf(first);
  if (key === 'selection') {
    const rows = await services.treeView.readSelection();
    return rows.every(isRow) ? { kind: 'rows', rows } : undefined;
  }
  if (key === 'keyboard' || isAbsent(first)) {
    return { kind: 'palette' };
  }
  const api = command === 'hubImages.sandbox.start' ? imageApiOf(first) : undefined;
  if (api !== undefined) {
    return { kind: 'palette', api };
  }
  const resolved = command === 'hubImages.image.findReferences' ? rowIdOf(first) : undefined;
  if (resolved !== undefined) {
    const row = services.tree.tooltips.rowOf(resolved);
    return row && { kind: 'rows', rows: [row] };
  }
  const reference = command === 'hubImages.reference.show' ? referenceOf(first) : undefined;
  if (reference !== undefined) {
    return { kind: 'palette', reference };
  }
  return isRow(first) ? { kind: 'rows', rows: selected.length > 0 ? selected : [first] } : undefined;
}

/** @returns Undefined if it is not a list of rows. The editor passes `undefined` for a row that is gone. */
function selectedRows(
  selection: unknown,
  isRow: (value: unknown) => value is Node,
): readonly Node[] | undefined {
  if (isAbsent(selection)) {
    return [];
  }
  return Array.isArray(selection) && selection.every(isRow) ? selection : undefined;
}

function keyArgumentOf(value: unknown): KeyArgument | undefined {
  const from = typeof value === 'object' && value !== null && 'from' in value ? value.from : undefined;
  return keyArguments.find((known) => known === from);
}

/** The argument of the links in tooltips: the id of their row. */
function rowIdOf(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null && 'row' in value ? value.row : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** The argument of the links that start the sandbox: which API it has. */
function imageApiOf(value: unknown): ImageApiKind | undefined {
  const api = typeof value === 'object' && value !== null && 'api' in value ? value.api : undefined;
  return imageApiKinds.find((known) => known === api);
}

/** The argument of the links in hovers over references. */
function referenceOf(value: unknown): ShownReference | undefined {
  return typeof value === 'object' && value !== null && 'reference' in value
    ? shownReferenceOf(value.reference)
    : undefined;
}

/** The editor passes `null` or `undefined` from the title of the view if no row has the focus. */
function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
