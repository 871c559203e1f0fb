import type { Node } from '../providers/nodes';
import type { Services, Target } from './services';

/** The argument of the key bindings in package.json. */
interface KeyArgument {
  readonly from: 'selection';
}

/**
 * Determines the target from the arguments of a command. A menu passes the row under the pointer and the selection that
 * it belongs to, a key binding stands for the selection, and the Command Palette passes nothing.
 */
export function targetOf(services: Pick<Services, 'treeView'>, args: readonly unknown[]): Target {
  const [first, selection] = args;
  if (isKeyArgument(first)) {
    return { kind: 'rows', rows: services.treeView.selection };
  }
  if (!isNode(first)) {
    return { kind: 'palette' };
  }
  const rows = Array.isArray(selection) ? selection.filter(isNode) : [];
  return { kind: 'rows', rows: rows.length > 0 ? rows : [first] };
}

function isKeyArgument(value: unknown): value is KeyArgument {
  return typeof value === 'object' && value !== null && 'from' in value && value.from === 'selection';
}

/** VS Code passes the rows of the tree to commands unchanged. */
function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'parent' in value;
}
