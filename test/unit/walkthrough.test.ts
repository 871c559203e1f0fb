import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import manifest from '../../package.json';
import words from '../../package.nls.json';
import { commandIds, contextKeys, walkthroughId } from '../../src/contributions';
import { settingIds } from '../../src/settingDefinitions';

const texts: Readonly<Record<string, string>> = words;
const [walkthrough] = manifest.contributes.walkthroughs;
const steps = walkthrough?.steps ?? [];
const folder = 'media/walkthrough';

/** What each kind of completion event may name. */
const known: Readonly<Record<string, readonly string[]>> = {
  onCommand: commandIds,
  onContext: Object.values(contextKeys),
  onSettingChanged: settingIds.map((id) => `hubImages.${id}`),
};

/** The text of a placeholder such as `%walkthrough.title%`. */
function textOf(placeholder: string): string {
  return texts[placeholder.replaceAll('%', '')] ?? '';
}

/** Commands of the links in a text, without their arguments. */
function linkedCommands(text: string): readonly string[] {
  return [...text.matchAll(/\]\(command:([\w.]+)/g)].map(([, id = '']) => id);
}

describe('the walkthrough', () => {
  it('is the only one, and has five steps', () => {
    assert.equal(manifest.contributes.walkthroughs.length, 1);
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['sandbox', 'unused', 'delete', 'account', 'protect'],
    );
  });

  it('is opened by the id that it has in the editor', () => {
    assert.equal(walkthroughId, `${manifest.publisher}.${manifest.name}#${walkthrough?.id}`);
  });

  it('is not there before the extension was used, so that an installation does not open it', () => {
    assert.equal(walkthrough?.when, contextKeys.isActivated);
    assert.deepEqual(manifest.activationEvents, []);
  });

  it('is linked in the view of a person who is signed out', () => {
    assert.ok(linkedCommands(texts['welcome.signedOut'] ?? '').includes('hubImages.walkthrough.open'));
  });

  for (const { id, title, description, media, completionEvents } of steps) {
    it(`has a title, a description with a button, and a picture with its description: ${id}`, () => {
      assert.match(textOf(title), /^[A-Z][^.]+$/);
      assert.match(textOf(description), /^\[[^\]]+\]\(command:[^)]+\)$/m);
      assert.match(textOf(media.altText), /^[A-Z].+\.$/);
      assert.ok(existsSync(media.svg), media.svg);
    });

    it(`links to commands that exist: ${id}`, () => {
      const own = linkedCommands(textOf(description)).filter((command) => command.startsWith('hubImages.'));
      assert.deepEqual(
        own.filter((command) => !(commandIds as readonly string[]).includes(command)),
        [],
      );
    });

    it(`is ticked by what exists: ${id}`, () => {
      assert.ok(completionEvents.length > 0);
      for (const event of completionEvents) {
        const [kind = '', subject = ''] = event.split(':');
        assert.ok(known[kind]?.includes(subject), event);
      }
    });
  }

  it('does not take a review that was opened for a deletion, nor the sandbox for an account', () => {
    const events = new Map(steps.map(({ id, completionEvents }) => [id, completionEvents]));
    assert.deepEqual(events.get('delete'), [`onContext:${contextKeys.hasDeletedImage}`]);
    assert.deepEqual(events.get('account'), [`onContext:${contextKeys.hasAccount}`]);
  });

  it('has a step for every picture', () => {
    assert.deepEqual(
      readdirSync(folder)
        .map((file) => `${folder}/${file}`)
        .sort(),
      steps.map(({ media }) => media.svg).sort(),
    );
  });

  for (const { media } of steps) {
    it(`draws with the colors of the theme only, and in what the page of the editor allows: ${media.svg}`, () => {
      const picture = readFileSync(media.svg, 'utf8');
      const colors = [...picture.matchAll(/ (?:fill|stroke)="([^"]+)"/g)].map(([, color = '']) => color);
      assert.deepEqual(
        colors.filter((color) => !/^(none|var\(--vscode-.+\)|url\(#\w+\))$/.test(color)),
        [],
      );
      assert.doesNotMatch(picture, /<style|\bstyle=|<script|href=/);
    });
  }
});
