import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { HubError } from '../../../src/hub/errors';
import { unreadInventory } from '../../../src/hub/incompleteInventory';
import { IncompleteInventoryError } from '../../../src/hub/listing/inventory';
import { parseRepositoryRef } from '../../../src/hub/names';
import type { ReviewServices } from '../../../src/planning/openReview';
import { planMatching } from '../../../src/planning/planMatching';
import type { UnreadRepository } from '../../../src/planning/readInventories';
import { askAboutUnread } from '../../../src/planning/refusedPlan';
import { Settings } from '../../../src/settings';
import { CapturedWindow } from '../../support/capturedWindow';
import { FakeImageApi } from '../../support/fakeImageApi';
import { imageOf } from '../../support/images';

const api = parseRepositoryRef('acme/api');
const web = parseRepositoryRef('acme/web');
const now = new Date('2026-06-01T00:00:00Z');

describe('a plan that is refused because lists are incomplete', () => {
  const settings = new Settings();
  let window: CapturedWindow;
  let offered: readonly unknown[];
  let press: (() => string | undefined) | undefined;
  let shown: number;
  let logged: string[];

  beforeEach(() => {
    offered = [];
    press = undefined;
    shown = 0;
    logged = [];
    window = new CapturedWindow({
      showWarningMessage: (_message, _options, ...buttons) => {
        offered = buttons;
        return press?.();
      },
    });
  });
  afterEach(() => {
    window.restore();
  });
  after(() => {
    settings.dispose();
  });

  const log = {
    show: () => (shown += 1),
    warn: (message: string) => void logged.push(message),
  } as unknown as vscode.LogOutputChannel; // no more of it is used
  const incomplete = (repository = api): UnreadRepository => ({
    repository,
    error: new IncompleteInventoryError(repository, 'allListed', 1200, 1199),
  });
  const forbidden: UnreadRepository = {
    repository: web,
    error: new HubError('forbidden', { method: 'GET', path: '/' }),
  };

  it('counts the entries that could not be read, and names each of them in the log (row 12)', async () => {
    const unread = [{ position: 3, count: 1, reason: 'tags: digest: expected a digest' }];
    await askAboutUnread({ log }, [{ repository: api, error: unreadInventory(api, unread) }], 1);
    assert.match(window.texts[1] ?? '', /^1 entry in the lists on the server could not be read\./);
    assert.deepEqual(logged, ['acme/api: allReadable: entry 4: tags: digest: expected a digest']);
  });

  it('says why, what it takes, and offers to read again', async () => {
    press = () => 'Read Again';
    assert.equal(await askAboutUnread({ log }, [incomplete()], 1), 'readAgain');
    assert.deepEqual(window.texts.slice(0, 2), [
      'The images in acme/api could not be read completely.',
      'The server counts 1,200 images but lists 1,199. Try again in a few minutes.\n\nNothing was planned, because images in use could be missing from the list.',
    ]);
    assert.deepEqual(offered, ['Read Again', 'Show Log']);
  });

  it('can be made without one of several repositories', async () => {
    press = () => 'Continue Without It';
    assert.equal(await askAboutUnread({ log }, [incomplete()], 3), 'continueWithout');
    assert.equal(window.texts[0], 'The images in acme/api could not be read completely.');
    assert.deepEqual(offered, ['Read Again', 'Continue Without It', 'Show Log']);
  });

  it('names each of several repositories with its reason', async () => {
    press = () => 'Continue Without Them';
    assert.equal(await askAboutUnread({ log }, [incomplete(), forbidden], 3), 'continueWithout');
    assert.equal(window.texts[0], 'The images in 2 of 3 repositories could not be read completely.');
    assert.match(
      window.texts[1] ?? '',
      /^acme\/api: The server counts 1,200 .*\n\nacme\/web: Your account or access token is not allowed/,
    );
  });

  it('cannot leave out everything', async () => {
    assert.equal(await askAboutUnread({ log }, [incomplete(api), incomplete(web)], 2), 'stop');
    assert.deepEqual(offered, ['Read Again', 'Show Log']);
  });

  it('shows the log', async () => {
    press = () => 'Show Log';
    assert.equal(await askAboutUnread({ log }, [incomplete()], 1), 'stop');
    assert.equal(shown, 1);
  });

  it('is tried again for as long as the user wants to, until the list is complete', async () => {
    const images = new FakeImageApi([imageOf('one', { status: 'active' })]);
    const list = images.listImages.bind(images);
    let questions = 0;
    images.listImages = async (...args) => {
      const page = await list(...args);
      return questions < 2 ? { ...page, count: page.count + 1 } : page;
    };
    press = () => {
      questions += 1;
      return 'Read Again';
    };
    const connection = {
      kind: 'hub',
      images,
      imageApiKind: () => 'management',
      origin: 'https://hub.example',
    };
    const services = {
      connections: { require: () => connection, current: connection },
      settings,
      catalog: { contents: () => undefined },
      viewOptions: { get: () => ({}) },
      log,
      now: () => now,
    } as unknown as ReviewServices; // of each no more than what is used
    await planMatching(services, {
      repositories: [api],
      criteria: { status: 'inactive' },
      noMatchText: () => 'No image matches.',
    });
    assert.equal(questions, 2);
    assert.equal(window.texts.at(-1), 'No image matches.');
  });
});
