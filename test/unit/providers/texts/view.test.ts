import assert from 'node:assert/strict';
import { defaultImagesView, type ImagesView } from '../../../../src/catalog/viewOptions';
import { parseRepositoryRef } from '../../../../src/hub/names';
import {
  unfinishedText,
  viewDescription,
  viewMessage,
  viewTitle,
  type ShownView,
} from '../../../../src/providers/texts/view';

function shownApi(view: Partial<ImagesView>, activityWindowDays: number | undefined, unknown = 0): ShownView {
  return {
    isSandbox: false,
    shown: {
      repository: parseRepositoryRef('acme/api'),
      view: { ...defaultImagesView, ...view },
      activityWindowDays,
      unknown,
    },
    imageApi: undefined,
  };
}

const nothing: ShownView = { isSandbox: false, shown: undefined, imageApi: undefined };

describe('viewDescription', () => {
  it('says nothing before a repository is looked at', () => {
    assert.equal(viewDescription(nothing), '');
  });

  it('says sandbox at all times, and first', () => {
    assert.equal(viewDescription({ ...nothing, isSandbox: true }), 'sandbox');
    const shown = { ...shownApi({}, undefined), isSandbox: true };
    assert.match(viewDescription(shown), /^sandbox · acme\/api: /);
  });

  it('says how images are read, last', () => {
    assert.equal(viewDescription({ ...nothing, imageApi: 'registry' }), 'registry API');
    const shown: ShownView = { ...shownApi({}, undefined), imageApi: 'management' };
    assert.match(viewDescription(shown), /^acme\/api: .* · image-management API$/);
  });

  const cases: readonly [view: Partial<ImagesView>, days: number | undefined, expected: string][] = [
    [{}, undefined, 'acme/api: all images · newest activity first · active = last month'],
    [
      { status: 'inactive', ordering: 'last_activity' },
      90,
      'acme/api: inactive only · oldest activity first · active = last 90 days',
    ],
    [
      { status: 'active', ordering: 'digest' },
      1,
      'acme/api: active only · by digest, ascending · active = last day',
    ],
    [{ ordering: '-digest' }, 2, 'acme/api: all images · by digest, descending · active = last 2 days'],
  ];
  for (const [view, days, expected] of cases) {
    it(`reads “${expected}”`, () => {
      assert.equal(viewDescription(shownApi(view, days)), expected);
    });
  }
});

describe('viewTitle', () => {
  it('says how images are read if that is unusual, and nothing that would make it long', () => {
    assert.equal(viewTitle(nothing), 'Images');
    assert.equal(viewTitle({ ...nothing, imageApi: 'management' }), 'Images');
    assert.equal(viewTitle({ ...nothing, imageApi: 'registry' }), 'Images · registry API');
    assert.equal(viewTitle(shownApi({ status: 'inactive', ordering: 'last_activity' }, 90)), 'Images');
  });
});

describe('images of unknown activity', () => {
  it('are counted where a filter by status leaves them out', () => {
    const filtered = shownApi({ status: 'inactive' }, undefined, 1_200);
    assert.equal(
      viewDescription(filtered),
      'acme/api: inactive only · 1,200 unknown not shown · newest activity first · active = last month',
    );
  });

  it('are not mentioned where all images are shown', () => {
    const all = shownApi({}, undefined, 12);
    assert.doesNotMatch(viewDescription(all), /unknown/);
  });
});

describe('viewMessage', () => {
  it('says sandbox in it, and nothing elsewhere', () => {
    assert.match(viewMessage({ ...nothing, isSandbox: true }), /^Sandbox\b/);
    assert.equal(
      viewMessage({ ...nothing, isSandbox: true, imageApi: 'registry' }),
      'Sandbox: Docker Hub today, simulated on this machine',
    );
    assert.equal(
      viewMessage({ ...nothing, isSandbox: true, imageApi: 'management' }),
      'Sandbox: Docker Hub until December 2023, simulated on this machine',
    );
    assert.equal(viewMessage(shownApi({}, undefined)), '');
  });
});

describe('unfinishedText', () => {
  it('counts the deletions, and names the command that checks them', () => {
    assert.match(unfinishedText(1), /^1 unconfirmed deletion\. .*Check Unconfirmed Deletions\.$/);
    assert.match(unfinishedText(1_200), /^1,200 unconfirmed deletions\. .*Check Unconfirmed Deletions\.$/);
  });
});
