import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../src/hub/names';
import { viewDescription } from '../../../src/providers/viewDescription';
import { defaultImagesView, type ImagesView } from '../../../src/providers/viewOptions';
import { plainTranslate } from '../../support/plainTranslate';

function describeApi(view: Partial<ImagesView>, activityWindowDays: number | undefined, isSandbox = false) {
  return viewDescription(
    {
      isSandbox,
      shown: {
        repository: parseRepositoryRef('acme/api'),
        view: { ...defaultImagesView, ...view },
        activityWindowDays,
      },
    },
    plainTranslate,
  );
}

describe('viewDescription', () => {
  it('says nothing before a repository is looked at', () => {
    assert.equal(viewDescription({ isSandbox: false, shown: undefined }, plainTranslate), '');
  });

  it('says sandbox at all times, and first', () => {
    assert.equal(viewDescription({ isSandbox: true, shown: undefined }, plainTranslate), 'sandbox');
    assert.match(describeApi({}, undefined, true), /^sandbox · acme\/api: /);
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
      assert.equal(describeApi(view, days), expected);
    });
  }
});
