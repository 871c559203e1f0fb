import assert from 'node:assert/strict';
import { KnownManifests } from '../../../../src/hub/registry/knownManifests';
import type { ListedManifest, ListedTag } from '../../../../src/hub/registry/listWire';
import type { OwnRead } from '../../../../src/hub/registry/manifestStore';
import { latest, pullTimes } from '../../../../src/hub/registry/pullTimes';
import {
  listedManifest,
  listedPart,
  listedTag,
  listsOf,
  storedManifest,
} from '../../../support/registryLists';
import { digestOf } from '../../../support/images';

const minute = 60_000;
const noon = new Date('2026-06-01T12:00:00Z');
const at = (minutes: number) => new Date(noon.getTime() + minutes * minute);
const one = digestOf('one');

function timesOf(
  manifests: readonly ListedManifest[] | undefined,
  tags: readonly ListedTag[] = [],
  {
    tagNames = tags.map(({ name }) => name),
    ownRead,
  }: { tagNames?: readonly string[]; ownRead?: OwnRead } = {},
) {
  const stored = new Map(ownRead === undefined ? [] : [[one, storedManifest({ ownRead })]]);
  const lists = listsOf(manifests, tags);
  const times = pullTimes(lists, new Map([[one, tagNames]]), stored, new KnownManifests(lists));
  return times.get(one) ?? ownTimes(manifests?.find(({ digest }) => digest === one));
}

/** What holds for a manifest that no other source tells anything about. */
function ownTimes(manifest: ListedManifest | undefined) {
  if (manifest === undefined) {
    return undefined;
  }
  const { lastPushed, lastPulled, reportsPulls } = manifest;
  return { lastPushed, lastPulled, reportsPulls };
}

const pulled = (minutes: number) => ({ lastPulled: at(minutes), reportsPulls: true });

describe('times of a manifest', () => {
  it('are the newest that any source tells', () => {
    const tag = listedTag('a', { digest: one, lastPushed: at(3), ...pulled(1) });
    const part = listedTag('index', {
      digest: digestOf('index'),
      parts: [listedPart('one', { lastPushed: at(0), ...pulled(4) })],
    });
    const manifest = listedManifest('one', { lastPushed: at(2), ...pulled(2) });
    const all = timesOf([manifest], [tag, part]);
    assert.deepEqual(all, { lastPushed: at(3), lastPulled: at(4), reportsPulls: true });
    assert.deepEqual(timesOf([manifest], [part, tag]), all);
  });

  it('are none where no source has it', () => {
    assert.equal(timesOf([listedManifest('two', pulled(1))]), undefined);
    assert.equal(timesOf(undefined, [listedTag('a', pulled(1))]), undefined);
    assert.equal(
      timesOf(undefined, [listedTag('a', { parts: [listedPart('one', { digest: undefined })] })]),
      undefined,
    );
  });

  it('tell of pulls where the list of manifests does, or every tag', () => {
    const silent = listedManifest('one');
    const telling = listedTag('a', { digest: one, ...pulled(1) });
    const quiet = listedTag('b', { digest: one });
    const reports = (...args: Parameters<typeof timesOf>) => timesOf(...args)?.reportsPulls;
    assert.equal(reports([silent]), false);
    assert.equal(reports([listedManifest('one', pulled(1))]), true);
    assert.equal(reports([silent], [telling]), true);
    assert.equal(reports(undefined, [telling, quiet]), false);
    assert.equal(reports(undefined, [quiet]), false);
    assert.equal(reports(undefined, [telling], { tagNames: ['a', 'not listed'] }), false);
    assert.equal(reports([listedManifest('one', pulled(1))], [telling, quiet]), true);
  });

  it('tell of pulls of a part that the entry of its tag reports', () => {
    const tag = (part: Parameters<typeof listedPart>[1]) =>
      listedTag('index', { digest: digestOf('index'), reportsPulls: true, parts: [listedPart('one', part)] });
    assert.equal(timesOf(undefined, [tag(pulled(1))], { tagNames: [] })?.reportsPulls, true);
    const lists = listsOf(undefined, [tag(pulled(1))]);
    const untagged = pullTimes(lists, new Map(), new Map(), new KnownManifests(lists));
    assert.equal(untagged.get(one)?.reportsPulls, true);
    assert.equal(timesOf(undefined, [tag({})], { tagNames: [] })?.reportsPulls, false);
    assert.equal(timesOf(undefined, [tag(pulled(1))], { tagNames: ['not listed'] })?.reportsPulls, false);
  });
});

describe('own reads of a manifest', () => {
  const before = at(-1_000);
  const lastPulled = (minutes: number) =>
    timesOf([listedManifest('one', pulled(minutes))], [], { ownRead: { at: noon, pulledBefore: before } })
      ?.lastPulled;

  it('are no pulls within an hour and five minutes, either way for the clocks', () => {
    assert.deepEqual([-5, 0, 30, 65].map(lastPulled), [before, before, before, before]);
  });

  it('hide no other pull', () => {
    const just = 1 / minute;
    for (const minutes of [-5 - just, 65 + just, 1_000]) {
      assert.deepEqual(lastPulled(minutes), at(minutes));
    }
  });

  it('of a manifest that no list has say nothing', () => {
    const ownRead = { at: noon, pulledBefore: before };
    assert.equal(timesOf([], [], { ownRead }), undefined);
  });

  it('make no time where there is none', () => {
    const ownRead = { at: noon, pulledBefore: before };
    assert.equal(timesOf([listedManifest('one')], [], { ownRead })?.lastPulled, undefined);
  });
});

describe('the later of two times', () => {
  it('is the one there is', () => {
    assert.equal(latest(undefined, undefined), undefined);
    assert.deepEqual([latest(at(1), undefined), latest(undefined, at(1))], [at(1), at(1)]);
    assert.deepEqual([latest(at(1), at(2)), latest(at(2), at(1))], [at(2), at(2)]);
  });
});
