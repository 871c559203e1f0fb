import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parseNamespaceName, parseRepositoryRef } from '../../src/hub/names';
import { openReview, type ReviewServices } from '../../src/planning/openReview';
import { planMatching } from '../../src/planning/planMatching';
import { settingProblems } from '../../src/settingChecks';
import { Settings } from '../../src/settings';
import { CapturedWindow } from '../support/capturedWindow';
import { imageOf } from '../support/images';

const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
const repository = parseRepositoryRef('acme/api');

describe('settings that keep images safe', () => {
  const settings = new Settings();
  const problems = () => settingProblems(settings);
  const changed = new Map<string, Set<vscode.ConfigurationTarget>>();

  async function set(id: string, target: vscode.ConfigurationTarget, value: unknown): Promise<void> {
    changed.set(id, (changed.get(id) ?? new Set()).add(target));
    await write(id, target, value);
  }

  after(() => {
    settings.dispose();
  });

  afterEach(async () => {
    for (const [id, targets] of changed) {
      for (const target of targets) {
        await write(id, target, undefined);
      }
    }
    changed.clear();
  });

  it('add the protections of a workspace to those of the person', async () => {
    await set('protect', Global, ['acme/api']);
    await set('protect', Workspace, ['acme/web']);
    assert.deepEqual(settings.protect, { kind: 'valid', patterns: ['acme/api', 'acme/web'] });
    await set('protect', Workspace, []);
    assert.deepEqual(settings.protect, { kind: 'valid', patterns: ['acme/api'] });
  });

  it('accept a string as a list with one pattern', async () => {
    await set('protect', Global, 'acme/api');
    assert.deepEqual(settings.protect, { kind: 'valid', patterns: ['acme/api'] });
    assert.deepEqual(problems(), []);
  });

  for (const target of [Global, Workspace, WorkspaceFolder]) {
    for (const value of [['acme/web', 'acme'], [''], [7], { 'acme/web': true }, 7, true]) {
      it(`hand out no protection for ${JSON.stringify(value)} in ${vscode.ConfigurationTarget[target]}`, async () => {
        await set('protect', target === Global ? Workspace : Global, ['acme/api']);
        await set('protect', target, value);
        assert.equal(settings.protect.kind, 'invalid');
        assert.deepEqual(
          problems().map(({ setting }) => setting),
          ['protect'],
        );
      });
    }
  }

  const plans: Readonly<Record<string, (services: ReviewServices) => Promise<void>>> = {
    'chosen images': (services) => openReview(services, [{ repository, image: imageOf('a') }]),
    'matching images': (services) =>
      planMatching(services, {
        repositories: [repository],
        criteria: { status: 'inactive' },
        noMatchText: String,
      }),
  };
  for (const [subject, plan] of Object.entries(plans)) {
    for (const entry of ['acme', 'acme/{api,web']) {
      it(`plan nothing of ${subject}, and ask no server, while ${entry} shall be protected`, async () => {
        await set('protect', Global, ['acme/web', entry]);
        const captured = new CapturedWindow({});
        try {
          await plan(servicesWith(settings));
        } finally {
          captured.restore();
        }
        const [message = '', button] = captured.texts;
        assert.match(message, /^No deletion can be planned, because /);
        assert.ok(message.includes(`: "${entry}". `), message);
        assert.equal(button, 'Open Setting');
      });
    }
  }

  it('read nothing that counts as a pull where it is not clear whether they may', async () => {
    assert.equal(settings.readsIndexes, true);
    await set('registry.readIndexes', Global, 'false');
    assert.equal(settings.readsIndexes, false);
    assert.deepEqual(problems(), [
      {
        setting: 'registry.readIndexes',
        message: '"hubImages.registry.readIndexes" must be true or false. false is used instead.',
      },
    ]);
  });

  it('say what is used instead of a number that is out of bounds or not whole', async () => {
    await set('confirmation.typeNameAboveImages', Global, 25.5);
    await set('deleteBatchSize', Workspace, 7000);
    await set('requestTimeoutSeconds', Global, null);
    assert.deepEqual(settings.typingThreshold, { images: 25, isForActiveOrTagged: true });
    assert.equal(settings.deleteBatchSize, 25);
    assert.equal(settings.requestTimeoutMs, 30_000);
    assert.deepEqual(
      problems().map(({ message }) => message),
      [
        '"hubImages.deleteBatchSize" must be a whole number from 1 to 25. 25 is used instead.',
        '"hubImages.requestTimeoutSeconds" must be a whole number from 1 to 600. 30 is used instead.',
        '"hubImages.confirmation.typeNameAboveImages" must be a whole number from 0 to 10000. 25 is used instead.',
      ],
    );
  });

  it('report values that are not lists, and entries that are not strings', async () => {
    await set('namespaces', Global, 7);
    await set('repositories', Global, ['acme/api', 7]);
    await set('api', Global, 'regsitry');
    assert.deepEqual(settings.namespaces, []);
    assert.deepEqual(settings.repositories, [repository]);
    assert.equal(settings.api, undefined);
    assert.deepEqual(
      problems().map(({ setting }) => setting),
      ['api', 'namespaces', 'repositories'],
    );
  });

  it('add to a string that was written instead of a list', async () => {
    await set('namespaces', Global, 'acme');
    await settings.addNamespace(parseNamespaceName('other'));
    assert.deepEqual(settings.namespaces, ['acme', 'other']);
  });

  const limits: readonly (readonly [own: number | undefined, workspace: number | undefined, used: number])[] =
    [
      [undefined, undefined, 25],
      [undefined, 5, 5],
      [undefined, 100, 25],
      [100, undefined, 100],
      [10, 100, 10],
      [100, 10, 10],
      [25.5, undefined, 25],
      [100, 10.5, 25],
      [-1, undefined, 0],
      [99_999, undefined, 10_000],
    ];
  for (const [own, workspace, used] of limits) {
    it(`ask for a name above ${used} images for ${String(own)} of the person and ${String(workspace)} of the workspace`, async () => {
      await set('confirmation.typeNameAboveImages', Global, own);
      await set('confirmation.typeNameAboveImages', Workspace, workspace);
      assert.equal(settings.typingThreshold.images, used);
    });
  }

  const switches: readonly (readonly [
    own: boolean | undefined,
    workspace: boolean | undefined,
    used: boolean,
  ])[] = [
    [undefined, undefined, true],
    [undefined, false, true],
    [false, undefined, false],
    [false, true, true],
    [true, false, true],
  ];
  for (const [own, workspace, used] of switches) {
    it(`ask for a name of tagged images (${String(used)}) for ${String(own)} of the person and ${String(workspace)} of the workspace`, async () => {
      await set('confirmation.typeNameForActiveOrTagged', Global, own);
      await set('confirmation.typeNameForActiveOrTagged', Workspace, workspace);
      assert.equal(settings.typingThreshold.isForActiveOrTagged, used);
    });

    it(`search for references (${String(used)}) for ${String(own)} of the person and ${String(workspace)} of the workspace`, async () => {
      await set('references.searchBeforeDeleting', Global, own);
      await set('references.searchBeforeDeleting', Workspace, workspace);
      assert.equal(settings.searchesBeforeDeleting, used);
    });
  }
});

async function write(id: string, target: vscode.ConfigurationTarget, value: unknown): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  await vscode.workspace.getConfiguration('hubImages', folder).update(id, value, target);
}

/** With nothing but the settings, so that the test fails if anything is asked of a server. */
function servicesWith(settings: Settings): ReviewServices {
  return { settings } as Partial<ReviewServices> as ReviewServices;
}
