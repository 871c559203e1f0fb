import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { signIn } from '../../../src/auth/signIn';
import { copyPullCommand } from '../../../src/commands/image/copyPullCommand';
import { copyReference } from '../../../src/commands/image/copyReference';
import { showImageDetails } from '../../../src/commands/image/showImageDetails';
import type { DeletionConfirmation } from '../../../src/hub/deletion/confirmation';
import { HubError } from '../../../src/hub/errors';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import type { HubSession } from '../../../src/hub/session/session';
import type { Services } from '../../../src/interaction/services';
import { imageNode, namespaceNode, repositoryNode } from '../../../src/providers/nodes';
import { askToConfirm } from '../../../src/review/confirm';
import { type Answers, CapturedWindow, inputBoxEntering } from '../../support/capturedWindow';
import { alive, hostileTags } from '../../support/hostileTags';
import { imageOf } from '../../support/images';

const repository = parseRepositoryRef('acme/api');
const strict = { images: 0, isForActiveOrTagged: true };
const act = 'Delete 1 Image';

/** What shows a text of Docker Hub in the editor's window, once it is called. */
const surfaces: Readonly<Record<string, (text: string) => Promise<readonly string[]>>> = {
  'the picker of images': (tag) => {
    const catalog = {
      listRepositories: () => Promise.resolve([{ ...repository, isPrivate: false }]),
      listImages: () => Promise.resolve([tagged(tag)]),
    };
    const services = asServices({
      catalog: catalog as Partial<Services['catalog']> as Services['catalog'],
      tree: {} as Partial<Services['tree']> as Services['tree'],
    });
    const pickRepository = (items: unknown) =>
      Array.isArray(items) ? items.find(isRepositoryItem) : undefined;
    return capture({ showQuickPick: pickRepository }, () => showImageDetails(services, { kind: 'palette' }));
  },
  'the last question': (tag) =>
    capture({ showWarningMessage: () => undefined }, () =>
      askToConfirm(confirmationOf([`acme/api:${tag}`]), strict),
    ),
  'the box of a sign-in that is refused': async (reason) => {
    const problems: string[] = [];
    const error = new HubError('unauthenticated', { method: 'POST', path: '/', status: 401, reason });
    const session = { signIn: () => Promise.reject(error) } as Partial<HubSession> as HubSession;
    const box = inputBoxEntering('secret', (problem) => problems.push(problem));
    const texts = await capture({ createInputBox: () => box }, () =>
      signIn(session, { origin: 'https://hub.example', username: 'demo', log: { warn: () => undefined } }),
    );
    return [...texts, ...problems];
  },
};

describe('what the window of the editor is given', () => {
  for (const [surface, textsOf] of Object.entries(surfaces)) {
    for (const [name, [text, shown]] of Object.entries(hostileTags)) {
      it(`is inert in ${surface}: ${name}`, async () => {
        const texts = await textsOf(text);
        assert.ok(
          texts.some((each) => each.includes(shown)),
          texts.join('\n'),
        );
        for (const line of texts.flatMap((each) => each.split('\n'))) {
          assert.doesNotMatch(line, alive);
        }
      });
    }
  }

  for (const tag of ['$(trash) latest', 'x; rm -rf .', 'x\nrm', '-v', '', 'a'.repeat(129), 'la\u200Dtest']) {
    it(`copies the digest where no client takes ${JSON.stringify(tag)} for a tag`, async () => {
      await capture({}, () => copyReference(asServices({}), rowOf(tag)));
      assert.equal(await vscode.env.clipboard.readText(), `acme/api@${tagged(tag).digest}`);
      await capture({}, () => copyPullCommand(asServices({}), rowOf(tag)));
      assert.equal(await vscode.env.clipboard.readText(), `docker pull acme/api@${tagged(tag).digest}`);
    });
  }

  it('copies a tag that is one', async () => {
    await capture({}, () => copyReference(asServices({}), rowOf('v1.4.2_rc-1')));
    assert.equal(await vscode.env.clipboard.readText(), 'acme/api:v1.4.2_rc-1');
  });

  it('asks for the real name, whole, and takes nothing else', async () => {
    const name = `acme/${'a'.repeat(255)}`;
    const question = { ...confirmationOf(['x']), repositories: [parseRepositoryRef(name)] };
    const answers = (typed: string): Answers => ({
      showWarningMessage: () => act,
      showInputBox: () => typed,
    });
    let isConfirmed = false;
    const texts = await capture(answers(name), async () => {
      isConfirmed = await askToConfirm(question, strict);
    });
    assert.ok(isConfirmed);
    assert.ok(texts.includes(`Delete 1 image from ${name}?`));
    assert.ok(texts.includes(`Type ${name} to delete. A deleted image cannot be restored.`));
    await capture(answers(name.replace('acme', '\u0430cme')), async () => {
      isConfirmed = await askToConfirm(question, strict); // its first letter is Cyrillic
    });
    assert.equal(isConfirmed, false);
  });
});

async function capture(answers: Answers, act: () => Promise<unknown>): Promise<readonly string[]> {
  const captured = new CapturedWindow(answers);
  try {
    await act();
  } finally {
    captured.restore();
  }
  return captured.texts;
}

/** As many services as the command uses. */
function asServices(services: Partial<Services>): Services {
  return { now: () => new Date('2026-06-01T12:00:00Z'), ...services } as Services;
}

function rowOf(tag: string) {
  const namespace = namespaceNode(
    { name: parseNamespaceName('acme'), origin: 'organization' },
    { isRemovable: false, isListed: true },
  );
  const parent = repositoryNode(namespace, { ...repository, isPrivate: false }, false);
  return { kind: 'rows', rows: [imageNode(parent, tagged(tag))] } as const;
}

function tagged(tag: string) {
  return imageOf('a', { tags: [{ name: tag, isCurrent: true }] });
}

function isRepositoryItem(item: unknown): item is object {
  return typeof item === 'object' && item !== null && 'label' in item && item.label === 'acme/api';
}

function confirmationOf(tags: readonly string[]): DeletionConfirmation {
  return {
    repositories: [repository],
    imageCount: 1,
    tags,
    activeCount: 0,
    collateral: { platforms: 0, attachments: 0, untagged: 0 },
    isCollateralKnown: true,
    uses: [],
    search: 'off',
  };
}
