import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import words from '../../package.nls.json';
import { settingProperties } from '../support/settingProperties';

const files = [
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
];
const readme = readFileSync('README.md', 'utf8');

interface Property {
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly scope?: string;
}
const properties = settingProperties<Property>();

/** Targets of links and sources of images that are in the repository. */
function localTargets(markdown: string): readonly string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)]
    .map(([, link, source]) => link ?? source ?? '')
    .filter((target) => !target.startsWith('https://'));
}

/** Anchors as code hosts and VS Code derive them from the headings. */
function anchors(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

function isThere(file: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const linked = path === '' ? file : join(dirname(file), path);
  return (
    existsSync(linked) && (anchor === undefined || anchors(readFileSync(linked, 'utf8')).includes(anchor))
  );
}

/** Name, default and description of every setting that README lists. */
function listedSettings(): readonly (readonly string[])[] {
  return [...readme.matchAll(/^- `(hubImages\.[^`]+)` \(([^)]+)\): (.+(?:\n {2}.+)*)/gm)].map(
    ([, name = '', preset = '', text = '']) => [name, preset, text.replace(/\s+/g, ' ')],
  );
}

function defaultText(value: unknown): string {
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
  return isEmpty ? 'empty' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

describe('the documentation', () => {
  for (const file of files) {
    it(`links only to what exists: ${file}`, () => {
      const targets = localTargets(readFileSync(file, 'utf8'));
      assert.deepEqual(
        targets.filter((target) => !isThere(file, target)),
        [],
      );
    });
  }

  it('lists every setting with its default', () => {
    assert.deepEqual(
      listedSettings().map(([name, preset]) => [name, preset]),
      Object.entries(properties).map(([name, property]) => [name, defaultText(property.default)]),
    );
  });

  it('names the bounds of every number', () => {
    for (const [name = '', , description = ''] of listedSettings()) {
      const { minimum, maximum } = properties[name] ?? {};
      const bounds = /from (\d+) to (\d+)/.exec(description);
      assert.deepEqual(bounds?.slice(1).map(Number) ?? [undefined, undefined], [minimum, maximum], name);
    }
  });

  it('says which settings a workspace cannot change', () => {
    for (const [name = '', , description = ''] of listedSettings()) {
      assert.equal(
        description.includes('User settings only.'),
        properties[name]?.scope === 'application',
        name,
      );
    }
  });

  it('names commands by their titles', () => {
    const known = new Set([
      ...Object.entries(words).flatMap(([id, title]) => (id.startsWith('command.') ? [title] : [])),
      'Hub Images',
      'Delete', // the buttons of the review
      'Continue Without Searching',
      'Explore the Sandbox', // the button of the view
      'Extensions: Install from VSIX...', // of VS Code
    ]);
    const named = files
      .filter((file) => file !== 'CHANGELOG.md') // what it names may have another name today
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\*\*([^*]+)\*\*/g)])
      .map(([, text = '']) => text)
      .filter((text) => !/[^.][.:,]$/.test(text)); // those that open a paragraph
    assert.deepEqual(
      named.filter((title) => !known.has(title.replace(/\s+/g, ' '))),
      [],
    );
  });

  it('shows the two commands in code blocks of their own, in a README of fewer than 250 lines', () => {
    for (const command of ['npm ci && npm start', 'npm ci && npm test']) {
      assert.ok(readme.includes(`\n\`\`\`\n${command}\n\`\`\`\n`), command);
    }
    assert.ok(readme.split('\n').length < 250);
  });
});
