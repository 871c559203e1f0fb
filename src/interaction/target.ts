import type { Node } from '../providers/nodes';
import type { Services, Target } from './services';

/** Argument of the key bindings in package.json. */
interface KeyArgument {
  readonly from: 'selection';
}

/**
 * Tells a menu (the row under the pointer and the selection it belongs to) from a key binding (the selection) from the
 * palette (nothing).
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

/** The editor hands rows back as they were given to it. */
function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'parent' in value;
}
