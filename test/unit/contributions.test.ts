import assert from 'node:assert/strict';
import manifest from '../../package.json';
import words from '../../package.nls.json';
import {
  colorIds,
  commandIds,
  contextKeys,
  contextWords,
  extensionName,
  submenuIds,
  treeViewId,
  viewContainerId,
} from '../../src/contributions';
import { booleanSettings, numericSettings, settingIds } from '../../src/settingDefinitions';
import { menuEntries } from '../support/menus';
import { settingProperties } from '../support/settingProperties';

const { contributes } = manifest;
const titles: Readonly<Record<string, string>> = words;
interface Property {
  readonly markdownDescription: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly scope?: string;
}
const properties = settingProperties<Property>();

const sorted = (texts: Iterable<string>) => [...texts].sort();

/** Every `when` clause and enablement of the manifest. */
function conditions(): readonly string[] {
  return [
    ...menuEntries().map(({ when = '' }) => when),
    ...contributes.viewsWelcome.map(({ when }) => when),
    ...contributes.walkthroughs.map(({ when }) => when),
    ...contributes.keybindings.map(({ when }) => when),
    ...contributes.commands.map((command) => ('enablement' in command ? command.enablement : '')),
  ];
}

describe('package.json and contributions.ts', () => {
  it('declare the same commands', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(commandIds));
  });

  it('declare the same settings', () => {
    assert.deepEqual(
      sorted(Object.keys(properties)),
      sorted(settingIds.map((id) => `${extensionName}.${id}`)),
    );
  });

  for (const [id, numeric] of Object.entries(numericSettings)) {
    it(`bound ${id} alike, with the same default`, () => {
      const { minimum, maximum, default: preset } = properties[`${extensionName}.${id}`] ?? {};
      assert.deepEqual({ minimum, maximum, default: preset }, numeric);
    });
  }

  for (const [id, { default: preset }] of Object.entries(booleanSettings)) {
    it(`give ${id} the same default`, () => {
      assert.equal(properties[`${extensionName}.${id}`]?.default, preset);
    });
  }

  for (const id of [
    'protect',
    'confirmation.typeNameAboveImages',
    'confirmation.typeNameForActiveOrTagged',
    'references.searchBeforeDeleting',
  ]) {
    it(`let each folder of a workspace make ${id} stricter`, () => {
      assert.equal(properties[`${extensionName}.${id}`]?.scope, 'resource');
    });
  }

  it('declare the same view and colours', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [viewContainerId],
    );
    assert.deepEqual(
      contributes.views.hubImages.map(({ id }) => id),
      [treeViewId],
    );
    assert.deepEqual(sorted(contributes.colors.map(({ id }) => id)), sorted(Object.values(colorIds)));
  });

  it('ask in conditions only for context keys that are set, and in menus only for words that are used', () => {
    const known = new Set<string>([...Object.values(contextKeys), treeViewId]);
    const capabilities = new Set<string>(Object.values(contextWords));
    for (const condition of conditions()) {
      for (const key of condition.match(/(?<!config\.)hubImages\.\w+/g) ?? []) {
        assert.ok(known.has(key), `${key} in "${condition}"`);
      }
      for (const pattern of condition.match(/\/.*\//g) ?? []) {
        for (const word of pattern.replaceAll('\\b', ' ').match(/[a-zA-Z]{2,}/g) ?? []) {
          assert.ok(capabilities.has(word), `${word} in "${condition}"`);
        }
      }
    }
  });

  it('name commands in menus and key bindings that exist', () => {
    const known = new Set<string>(commandIds);
    const named = [
      ...menuEntries().flatMap(({ command = [] }) => command),
      ...contributes.keybindings.map(({ command }) => command),
    ];
    assert.deepEqual(
      named.filter((command) => !known.has(command)),
      [],
    );
  });

  it('declare the same submenus, which are all in a menu and have entries', () => {
    const sub = menuEntries().flatMap(({ submenu = [] }) => submenu);
    assert.deepEqual(sorted(contributes.submenus.map(({ id }) => id)), sorted(submenuIds));
    assert.deepEqual(sorted(new Set(sub)), sorted(submenuIds));
    assert.deepEqual(
      submenuIds.filter((id) => menuEntries(id).length === 0),
      [],
    );
  });

  it('group the settings, each in an order of its own', () => {
    const groups: readonly { readonly title: string; readonly properties: object }[] =
      contributes.configuration;
    assert.deepEqual(
      groups.map(({ title }) => titles[title.slice(1, -1)]),
      ['Connection', 'View', 'References', 'Deletion', 'History'],
    );
    const ids = groups.flatMap((group) => Object.keys(group.properties));
    assert.equal(new Set(ids).size, ids.length);
    for (const group of groups) {
      const orders = Object.values(group.properties).map(({ order }: { order?: number }) => order);
      assert.deepEqual(
        orders,
        [...orders.keys()].map((index) => index + 1),
      );
    }
  });

  it('refer in descriptions of settings only to settings that exist', () => {
    const references = Object.values(titles).flatMap((text) => [...text.matchAll(/`#([^`]*)#`/g)]);
    assert.ok(references.length > 0);
    for (const [, id = ''] of references) {
      assert.ok(id in properties, id);
    }
  });

  it('have words for every placeholder and a placeholder for all words', () => {
    const used = new Set([...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? ''));
    assert.deepEqual(sorted(used), sorted(Object.keys(titles)));
  });

  for (const id of ['apiUrl', 'history.keepDays', 'history.maxMegabytes']) {
    it(`keep ${id} out of reach of a workspace`, () => {
      assert.equal(properties[`hubImages.${id}`]?.scope, 'application');
    });
  }

  it('keep every other setting out of reach of a workspace that is not trusted', () => {
    assert.deepEqual(
      sorted(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations),
      sorted(Object.keys(properties).filter((key) => properties[key]?.scope !== 'application')),
    );
  });
});
