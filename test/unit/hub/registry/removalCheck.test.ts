import assert from 'node:assert/strict';
import type { ApprovedRequest } from '../../../../src/hub/deletionRequest';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import type { ListedManifest } from '../../../../src/hub/registry/listWire';
import {
  objectionTo,
  objectionToAttachment,
  partsKeptByTags,
} from '../../../../src/hub/registry/removalCheck';
import { digestOf, imageOf } from '../../../support/images';
import {
  listedManifest,
  listedTag,
  storedManifest,
  storedPart,
  type SurveyFacts,
  surveyOf,
} from '../../../support/registryLists';

const repository = parseRepositoryRef('demo/app');
const activeFrom = new Date('2026-05-01T00:00:00Z');
const old = { lastPushed: new Date('2026-01-01T00:00:00Z'), reportsPulls: true };
const docker = 'application/vnd.docker.distribution.manifest.v2+json';
const dockerIndex = 'application/vnd.docker.distribution.manifest.list.v2+json';
const manifest = (seed: string, facts: Partial<ListedManifest> = {}) =>
  listedManifest(seed, { mediaType: docker, ...old, ...facts });
const tagAt = (name: string, seed: string) => listedTag(name, { digest: digestOf(seed), mediaType: docker });
const indexOf = (...parts: readonly string[]) =>
  storedManifest({ mediaType: dockerIndex, parts: parts.map((seed) => storedPart(seed)), subject: null });

interface Approved {
  readonly seeds?: readonly string[];
  readonly planned?: readonly string[];
  readonly tags?: readonly string[];
  readonly isActive?: boolean;
  /** Tags accepted of another image of the request. */
  readonly otherTags?: readonly string[];
  readonly collateral?: readonly Image[] | 'unknown';
  readonly attachments?: readonly Image[];
}

function requestOf(approved: Approved): ApprovedRequest {
  const { seeds = ['a'], collateral } = approved;
  const of = { repository: repository.name, digest: digestOf('a') };
  return {
    repository,
    activeFrom,
    digests: seeds.map(digestOf),
    ...(approved.planned !== undefined && { planned: new Set(approved.planned.map(digestOf)) }),
    images: [],
    ignoredWarnings: [
      ...(approved.isActive === true ? [{ ...of, warning: 'is_active' } as const] : []),
      ...(approved.tags === undefined
        ? []
        : [{ ...of, warning: 'current_tag', tags: approved.tags } as const]),
      ...(approved.otherTags === undefined
        ? []
        : [{ ...of, digest: digestOf('b'), warning: 'current_tag', tags: approved.otherTags } as const]),
    ],
    collateral: new Map(collateral === undefined ? [] : [[digestOf('a'), collateral]]),
    attachments: approved.attachments ?? [],
  };
}

/** The objection to the deletion of the image `a`. */
function objection(now: SurveyFacts, approved: Approved = {}) {
  return objectionTo(digestOf('a'), requestOf(approved), surveyOf(now));
}

describe('an image right before its deletion', () => {
  it('may be deleted if nothing has changed, or if it is gone already', () => {
    assert.equal(objection({ manifests: [manifest('a')] }), undefined);
    assert.equal(objection({ manifests: [manifest('b')] }), undefined);
  });

  it('may have lost tags, but not got one', () => {
    const [first, second] = [tagAt('1.0', 'a'), tagAt('1.1', 'a')];
    const approved = { tags: ['1.0', '1.1'] };
    const manifests = [manifest('a')];
    assert.equal(objection({ manifests, tags: [first, second] }, approved), undefined);
    assert.equal(objection({ manifests, tags: [first] }, approved), undefined);
    assert.equal(objection({ manifests }, approved), undefined);
    const changed = objection({ manifests, tags: [first, second, tagAt('latest', 'a')] }, approved);
    assert.deepEqual(changed, { cause: 'changed', tag: 'latest' });
    assert.deepEqual(objection({ manifests, tags: [first] }), { cause: 'changed', tag: '1.0' });
  });

  it('may not have lost a tag to another image', () => {
    const manifests = [manifest('a'), manifest('b')];
    const approved = { tags: ['1.0', '1.1'] };
    const moved = { manifests, tags: [tagAt('1.0', 'a'), tagAt('1.1', 'b')] };
    assert.deepEqual(objection(moved, approved), { cause: 'tagMoved', tag: '1.1' });
    assert.deepEqual(objection({ manifests, tags: [tagAt('1.1', 'b')] }, { tags: ['1.1'] }), {
      cause: 'tagMoved',
      tag: '1.1',
    });
  });

  it('is compared in every way although it has lost a tag', () => {
    const now = {
      manifests: [manifest('a', { mediaType: dockerIndex }), manifest('p')],
      stored: { a: indexOf('p') },
      tags: [tagAt('1.0', 'a')],
    };
    assert.deepEqual(objection(now, { tags: ['1.0', '1.1'] }), { cause: 'changed' });
    assert.equal(objection(now, { tags: ['1.0', '1.1'], collateral: [imageOf('p')] }), undefined);
  });

  it('may not have become active', () => {
    const manifests = [manifest('a', { lastPulled: activeFrom })];
    assert.deepEqual(objection({ manifests }), { cause: 'changed' });
    assert.equal(objection({ manifests }, { isActive: true }), undefined);
  });

  it('may not belong to another image, unless that is deleted too', () => {
    const now = {
      manifests: [manifest('a'), manifest('whole', { mediaType: dockerIndex })],
      stored: { whole: indexOf('a') },
    };
    assert.deepEqual(objection(now), { cause: 'nowReferenced' });
    assert.equal(objection(now, { seeds: ['a', 'whole'] }), undefined);
  });

  it('is not kept because of another image of the request, nor deleted because of what was accepted of one', () => {
    const seeds = ['a', 'b'];
    const active = manifest('b', { lastPulled: activeFrom });
    assert.equal(objection({ manifests: [manifest('a'), active] }, { seeds }), undefined);
    assert.equal(objection({ manifests: [manifest('a')] }, { seeds }), undefined);
    const part = {
      manifests: [manifest('a'), manifest('b'), manifest('whole', { mediaType: dockerIndex })],
      stored: { whole: indexOf('b') },
    };
    assert.equal(objection(part, { seeds }), undefined);
    const tagged = { manifests: [manifest('a'), manifest('b')], tags: [tagAt('1.0', 'a')] };
    const accepted = { seeds, otherTags: ['1.0'] };
    assert.deepEqual(objection(tagged, accepted), { cause: 'changed', tag: '1.0' });
    assert.deepEqual(objection(tagged, { ...accepted, tags: ['0.9'] }), { cause: 'changed', tag: '1.0' });
  });

  it('may not be disputed', () => {
    const now = { manifests: [manifest('a', { tags: ['1.0'] }), manifest('b')], tags: [tagAt('1.0', 'b')] };
    assert.deepEqual(objection(now, { tags: ['1.0'] }), { cause: 'changed' });
  });
});

describe('what is deleted along with an image', () => {
  const whole = (...parts: readonly string[]) => ({
    manifests: [manifest('a', { mediaType: dockerIndex }), ...parts.map((seed) => manifest(seed))],
    stored: { a: indexOf(...parts) },
  });

  it('is what was approved, or less', () => {
    assert.equal(objection(whole('p', 'q'), { collateral: [imageOf('p'), imageOf('q')] }), undefined);
    assert.equal(objection(whole('p'), { collateral: [imageOf('p'), imageOf('q')] }), undefined);
    assert.equal(objection(whole('p', 'q'), { collateral: 'unknown' }), undefined);
  });

  it('is not more', () => {
    assert.deepEqual(objection(whole('p', 'q'), { collateral: [imageOf('p')] }), { cause: 'changed' });
    assert.deepEqual(objection(whole('p')), { cause: 'changed' });
  });

  it('is not more in a part of a part', () => {
    const { manifests, stored } = whole('p', 'q');
    const nested = { manifests: [...manifests, manifest('n')], stored: { ...stored, q: indexOf('n') } };
    const collateral = [imageOf('p'), imageOf('q')];
    assert.deepEqual(objection(nested, { collateral }), { cause: 'changed' });
    assert.equal(objection({ ...nested, tags: [tagAt('1.0', 'n')] }, { collateral }), undefined);
  });

  it('is approved if it is part of the plan, in whatever request', () => {
    assert.equal(objection(whole('p'), { seeds: ['a', 'p'] }), undefined);
    assert.equal(objection(whole('p'), { planned: ['a', 'p'] }), undefined);
    assert.deepEqual(objection(whole('p', 'q'), { planned: ['a', 'p'] }), { cause: 'changed' });
  });

  it('does not include a part with a tag, or one that another image contains', () => {
    assert.equal(objection({ ...whole('p'), tags: [tagAt('1.0', 'p')] }), undefined);
    const { manifests, stored } = whole('p');
    const shared = {
      manifests: [...manifests, manifest('other', { mediaType: dockerIndex })],
      stored: { ...stored, other: indexOf('p') },
    };
    assert.equal(objection(shared), undefined);
    assert.deepEqual(objection(shared, { planned: ['a', 'other'] }), { cause: 'changed' });
  });

  it('has the tags that were approved, or fewer', () => {
    const signature = imageOf('s', { tags: [{ name: 'first', isCurrent: true }] });
    const name = (suffix: string) => `sha256-${digestOf('a').slice('sha256:'.length)}.${suffix}`;
    const now = (...suffixes: readonly string[]) => ({
      manifests: [manifest('a'), manifest('s')],
      tags: suffixes.map((suffix) => tagAt(name(suffix), 's')),
    });
    const approved = { ...signature, tags: [{ name: name('sig'), isCurrent: true }] };
    assert.equal(objection(now('sig'), { collateral: [approved] }), undefined);
    assert.deepEqual(objection(now('sig', 'att'), { collateral: [approved] }), {
      cause: 'changed',
      tag: name('att'),
    });
    assert.deepEqual(objection(now('sig')), { cause: 'changed', tag: name('sig') });
  });

  it('must be known', () => {
    const now = {
      manifests: [manifest('a', { mediaType: dockerIndex })],
      tags: [{ ...tagAt('1.0', 'a'), mediaType: dockerIndex }],
    };
    assert.deepEqual(objection(now, { tags: ['1.0'] }), { cause: 'changed' });
    assert.equal(objection(now, { tags: ['1.0'], collateral: 'unknown' }), undefined);
  });
});

describe('an attachment right before its deletion', () => {
  const attachments = [imageOf('r'), imageOf('s', { tags: [{ name: 'sig', isCurrent: true }] })];
  const now = (...tags: readonly string[]) => ({
    manifests: [manifest('r'), manifest('s')],
    tags: [tagAt('other', 'r'), ...tags.map((name) => tagAt(name, 's'))],
  });
  const objectionOf = (facts: SurveyFacts, approved: Approved = { attachments }) =>
    objectionToAttachment(digestOf('s'), digestOf('a'), requestOf(approved), surveyOf(facts));

  it('may be deleted if nothing has changed, if it has lost its tag, or if it is gone already', () => {
    assert.equal(objectionOf(now('sig')), undefined);
    assert.equal(objectionOf(now()), undefined);
    assert.equal(objectionOf({ manifests: [] }), undefined);
  });

  it('is compared only if it is one of the request', () => {
    assert.equal(objectionOf(now('new'), {}), undefined);
  });

  it('may not have got a tag', () => {
    assert.deepEqual(objectionOf(now('sig', 'new')), { cause: 'changed', tag: 'new' });
  });

  it('may not have got an attachment that was not approved', () => {
    const subject = digestOf('s');
    const signed = {
      manifests: [...now().manifests, manifest('t')],
      stored: { t: storedManifest({ mediaType: docker, parts: [], subject }) },
    };
    assert.deepEqual(objectionOf(signed), { cause: 'changed' });
    assert.deepEqual(objectionOf(signed, { attachments, collateral: [imageOf('s')] }), { cause: 'changed' });
    assert.equal(objectionOf(signed, { attachments, collateral: [imageOf('t')] }), undefined);
  });
});

describe('the parts that an image keeps because of their tags', () => {
  const tags = [tagAt('1.0', 'p'), tagAt('1.1', 'p')];
  const whole = {
    manifests: ['a', 'p', 'q'].map((seed) => manifest(seed, seed === 'a' ? { mediaType: dockerIndex } : {})),
    tags,
    stored: { a: indexOf('p', 'q') },
  };
  const kept = (now: SurveyFacts, approved: Approved = {}) =>
    Object.fromEntries(partsKeptByTags(digestOf('a'), digestOf('a'), requestOf(approved), surveyOf(now)));

  it('are those with tags', () => {
    assert.deepEqual(kept(whole), { [digestOf('p')]: ['1.0', '1.1'] });
    assert.deepEqual(kept({ manifests: [] }), {});
  });

  it('are not those that are deleted anyway, whatever they are', () => {
    assert.deepEqual(kept(whole, { planned: ['a', 'p'] }), {});
    assert.deepEqual(kept(whole, { collateral: [imageOf('p')] }), {});
    assert.deepEqual(kept(whole, { collateral: 'unknown' }), { [digestOf('p')]: ['1.0', '1.1'] });
  });

  it('are not those that another image contains, unless that is deleted too', () => {
    const shared = {
      manifests: [...whole.manifests, manifest('other', { mediaType: dockerIndex })],
      tags,
      stored: { ...whole.stored, other: indexOf('p') },
    };
    assert.deepEqual(kept(shared), {});
    assert.deepEqual(kept(shared, { planned: ['a', 'other'] }), { [digestOf('p')]: ['1.0', '1.1'] });
  });

  it('are not its attachments, which are deleted by requests of their own', () => {
    const name = `${digestOf('a').replace(':', '-')}.sig`;
    const signed = { ...whole, manifests: [...whole.manifests, manifest('s')], tags: [tagAt(name, 's')] };
    assert.deepEqual(kept(signed), {});
  });

  it('are also those of a part that is deleted along', () => {
    const nested = {
      manifests: [...whole.manifests, manifest('n')],
      tags: [tagAt('1.0', 'n')],
      stored: { ...whole.stored, q: indexOf('n') },
    };
    assert.deepEqual(kept(nested, { collateral: [imageOf('p'), imageOf('q')] }), {
      [digestOf('n')]: ['1.0'],
    });
    assert.deepEqual(kept({ ...nested, tags: [tagAt('1.0', 'n'), tagAt('2.0', 'q')] }), {
      [digestOf('q')]: ['2.0'],
    });
  });
});
