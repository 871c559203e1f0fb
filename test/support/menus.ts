import manifest from '../../package.json';

/** An entry of a menu in package.json: a command, or a submenu. */
export interface MenuEntry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  /** `group@position`; the group `inline` is drawn in the row, and `navigation` in the title. The palette has none. */
  readonly group?: string;
}

/** Values of context keys; what is not among them is false. */
export type ContextValues = Readonly<Record<string, string | boolean>>;

/** All but the one that only says when the palette lists a command. */
const menus: Readonly<Record<string, readonly MenuEntry[]>> = {
  ...manifest.contributes.menus,
  commandPalette: [],
};

/** The entries of one menu, or of all. */
export function menuEntries(id?: string): readonly MenuEntry[] {
  return id === undefined ? Object.values(menus).flat() : (menus[id] ?? []);
}

/** The entries of a menu that are shown, in the order in which the editor shows them. */
export function shownEntries(id: string, values: ContextValues): readonly MenuEntry[] {
  return menuEntries(id)
    .filter(({ when }) => when === undefined || isTrue(when, values))
    .sort((a, b) => comparePosition(a.group, b.group));
}

/** @returns Such as `9_delete` of `9_delete@2`. */
export function groupName({ group = '' }: MenuEntry): string {
  return group.split('@')[0] ?? '';
}

function comparePosition(a = '', b = ''): number {
  const [groupA = '', positionA = '0'] = a.split('@');
  const [groupB = '', positionB = '0'] = b.split('@');
  return groupA.localeCompare(groupB) || Number(positionA) - Number(positionB);
}

/**
 * Evaluates the part of the editor's language of conditions that package.json uses in menus.
 *
 * @throws {Error} The condition uses something else.
 */
function isTrue(when: string, values: ContextValues): boolean {
  return when.split(' && ').every((term) => {
    const [, negation = '', key = '', operator, operand = ''] =
      /^(!?)([\w.]+)(?: (==|=~) (?:'([^']*)'|.*))?$/.exec(term) ?? [];
    if (key === '') {
      throw new Error(`This condition is not understood: ${term}`);
    }
    const value = values[key];
    switch (operator) {
      case '==':
        return value === operand;
      case '=~':
        return new RegExp(/\/(.*)\/$/.exec(term)?.[1] ?? '').test(String(value ?? ''));
      default:
        return (value === true) !== (negation === '!');
    }
  });
}
