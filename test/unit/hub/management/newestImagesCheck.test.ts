import assert from 'node:assert/strict';
import type { ReviewedRequest } from '../../../../src/hub/deletionRequest';
import { objectionsTo } from '../../../../src/hub/management/newestImagesCheck';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { requestFor } from '../../../support/approvedPlan';
import { digestOf, imageOf, plannedImage } from '../../../support/images';

const repository = parseRepositoryRef('demo/app');
const long = new Date('2025-06-01T00:00:00Z');
const later = new Date('2025-07-01T00:00:00Z');
const tag = (name: string, isCurrent = true) => ({ name, isCurrent });
const tagged = (seed: string, ...names: readonly string[]) =>
  imageOf(seed, { tags: names.map((name) => tag(name)) });

interface Approved {
  readonly digests?: readonly string[];
  /** Tags that were accepted of each image, by its seed. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  readonly active?: readonly string[];
  /** Images as the last check has listed them. */
  readonly listed?: readonly Image[];
  readonly collateral?: Readonly<Record<string, readonly Image[] | 'unknown'>>;
  readonly planned?: readonly string[];
}

/** What stands against a request with these images now, by their seeds. */
function objections(newest: readonly Image[], approved: Approved) {
  const { digests = ['a'], tags = {}, active = [], listed, collateral = {}, planned } = approved;
  const base = requestFor(...digests.map((seed) => plannedImage('demo/app', seed)));
  const request: ReviewedRequest = {
    ...base,
    digests: digests.map(digestOf),
    planned: new Set((planned ?? digests).map(digestOf)),
    ...(listed !== undefined && { listed: new Map(listed.map((image) => [image.digest, image])) }),
    ignoredWarnings: [
      ...active.map((seed) => ({
        repository: repository.name,
        digest: digestOf(seed),
        warning: 'is_active' as const,
      })),
      ...Object.entries(tags).map(([seed, names]) => ({
        repository: repository.name,
        digest: digestOf(seed),
        warning: 'current_tag' as const,
        tags: names,
      })),
    ],
    collateral: new Map(Object.entries(collateral).map(([seed, images]) => [digestOf(seed), images])),
  };
  const found = objectionsTo(request, newest);
  return Object.fromEntries(
    digests.flatMap((seed) => {
      const why = found.get(digestOf(seed));
      return why === undefined ? [] : [[seed, why]];
    }),
  );
}

describe('an image of a request, among the newest images', () => {
  it('has not changed if it is not among them, or is as it was', () => {
    const approved = { tags: { a: ['1.0'] }, listed: [tagged('a', '1.0')] };
    assert.deepEqual(objections([], approved), {});
    assert.deepEqual(objections([tagged('a', '1.0')], approved), {});
  });

  it('may not have lost a tag to another image', () => {
    const moved = { a: { cause: 'tagMoved', tag: '1.0' } };
    const newest = [tagged('a'), tagged('x', '2.0', '1.0')];
    assert.deepEqual(objections(newest, { tags: { a: ['1.0'] } }), moved);
    assert.deepEqual(objections(newest, { listed: [tagged('a', '1.0')] }), moved, 'by the last list');
    const former = imageOf('x', { tags: [tag('1.0', false), tag('2.0')] });
    assert.deepEqual(objections([former], { tags: { a: ['1.0'] }, listed: [tagged('a', '1.0')] }), {});
  });

  it('may not have got a tag', () => {
    const newest = [tagged('a', '1.0', 'new')];
    const changed = { a: { cause: 'changed', tag: 'new' } };
    assert.deepEqual(objections(newest, { tags: { a: ['1.0'] } }), changed);
    assert.deepEqual(objections(newest, { listed: [tagged('a', '1.0')] }), changed);
    assert.deepEqual(objections(newest, { tags: { a: ['1.0'] }, listed: [tagged('a', 'new', '1.0')] }), {});
    const former = imageOf('a', { tags: [tag('1.0'), tag('old', false)] });
    assert.deepEqual(objections([former], { tags: { a: ['1.0'] } }), {});
  });

  it('may have a tag where none was accepted, because the server refuses that itself', () => {
    assert.deepEqual(objections([tagged('a', 'new')], {}), {});
    assert.deepEqual(objections([tagged('a', 'new')], { active: ['a'] }), {});
  });

  it('may not have lost a tag of the last list', () => {
    const approved = { tags: { a: ['1.0', '1.1'] }, listed: [tagged('a', '1.0', '1.1')] };
    assert.deepEqual(objections([tagged('a', '1.1')], approved), { a: { cause: 'changed' } });
    assert.deepEqual(objections([tagged('a', '1.1')], { tags: { a: ['1.0', '1.1'] } }), {});
  });

  it('may not have been pushed since the last list', () => {
    const pushed = imageOf('a', { lastPushed: later });
    assert.deepEqual(objections([pushed], { listed: [imageOf('a')] }), { a: { cause: 'changed' } });
    assert.deepEqual(objections([pushed], { listed: [imageOf('b')] }), {});
    const unknown = imageOf('a', { lastPushed: undefined });
    assert.deepEqual(objections([unknown], { listed: [imageOf('a')] }), { a: { cause: 'changed' } });
    assert.deepEqual(objections([unknown], { listed: [unknown] }), {});
  });

  it('may not have become active', () => {
    const active = imageOf('a', { status: 'active' });
    const changed = { a: { cause: 'changed' } };
    assert.deepEqual(objections([active], {}), changed);
    assert.deepEqual(objections([active], { listed: [imageOf('a')] }), changed);
    assert.deepEqual(objections([active], { listed: [active] }), {});
    assert.deepEqual(objections([active], { active: ['a'] }), {});
    const tags = { a: ['1.0'] };
    assert.deepEqual(objections([{ ...tagged('a', '1.0'), status: 'active' }], { tags }), changed);
    assert.deepEqual(objections([active], { digests: ['a', 'b'], active: ['b'] }), changed);
  });

  it('is judged by what was approved of it alone', () => {
    const digests = ['a', 'b'];
    const tags = { a: ['1.0'], b: ['2.0'] };
    assert.deepEqual(objections([tagged('b', '2.0', '1.0')], { digests, tags }), {
      a: { cause: 'tagMoved', tag: '1.0' },
      b: { cause: 'changed', tag: '1.0' },
    });
    assert.deepEqual(objections([tagged('b', '2.0')], { digests, tags }), {});
  });
});

describe('what is deleted along with an image of a request, among the newest images', () => {
  const along = imageOf('along', { lastPushed: long, tags: [tag('1.0', false)] });
  const approved = { tags: { a: ['1.0'] }, collateral: { a: [along] } };
  const changed = { a: { cause: 'changed' } };

  it('has not changed if it is as it was approved', () => {
    assert.deepEqual(objections([along], approved), {});
  });

  it('may not have got a tag, been pushed or become active', () => {
    const saved = { ...along, tags: [tag('1.0', false), tag('saved')] };
    assert.deepEqual(objections([saved], approved), { a: { cause: 'changed', tag: 'saved' } });
    assert.deepEqual(objections([{ ...along, lastPushed: later }], approved), changed);
    const active = { ...along, status: 'active' as const };
    assert.deepEqual(objections([active], approved), changed);
    assert.deepEqual(objections([active], { ...approved, collateral: { a: [active] } }), {});
  });

  it('may not be more than was approved', () => {
    const former = imageOf('x', { tags: [tag('1.0', false)] });
    assert.deepEqual(objections([former], approved), changed);
    assert.deepEqual(objections([former], { tags: { a: ['1.0'] } }), changed);
    assert.deepEqual(objections([former], { listed: [tagged('a', '1.0')] }), changed);
    assert.deepEqual(objections([former], { ...approved, collateral: { a: 'unknown' } }), {});
  });

  it('is no image that is planned, has a tag or never had one of these', () => {
    const former = imageOf('x', { tags: [tag('1.0', false)] });
    assert.deepEqual(objections([former], { ...approved, planned: ['a', 'x'] }), {});
    assert.deepEqual(objections([{ ...former, tags: [tag('1.0', false), tag('2.0')] }], approved), {});
    assert.deepEqual(objections([imageOf('x', { tags: [tag('2.0', false)] })], approved), {});
    assert.deepEqual(objections([imageOf('x')], approved), {});
  });

  it('may be any image of the request itself, where the whole plan is not known', () => {
    const former = imageOf('b', { tags: [tag('1.0', false)] });
    const request = { ...requestFor(plannedImage('demo/app', 'a'), plannedImage('demo/app', 'b')) };
    Reflect.deleteProperty(request, 'planned');
    const warning = {
      repository: repository.name,
      digest: digestOf('a'),
      warning: 'current_tag',
      tags: ['1.0'],
    } as const;
    assert.equal(objectionsTo({ ...request, ignoredWarnings: [warning] }, [former]).size, 0);
  });
});
