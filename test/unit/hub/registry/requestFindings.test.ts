import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../../src/hub/names';
import type { ListedManifest } from '../../../../src/hub/registry/listWire';
import {
  type FindingsContext,
  findingsOf,
  withoutAccepted,
} from '../../../../src/hub/registry/requestFindings';
import {
  listedManifest,
  listedTag,
  storedManifest,
  storedPart,
  type SurveyFacts,
  surveyOf,
} from '../../../support/registryLists';
import { digestOf } from '../../../support/images';

const repository = parseRepositoryRef('demo/app');
const activeFrom = new Date('2026-05-01T00:00:00Z');
const old = { lastPushed: new Date('2026-01-01T00:00:00Z'), reportsPulls: true };
const used = { ...old, lastPulled: activeFrom };
const docker = 'application/vnd.docker.distribution.manifest.v2+json';
const index = 'application/vnd.oci.image.index.v1+json';
/** Of a format that cannot be attached to anything. */
const dockerIndex = 'application/vnd.docker.distribution.manifest.list.v2+json';
const image = (seed: string, facts: Partial<ListedManifest> = {}) =>
  listedManifest(seed, { mediaType: docker, ...old, ...facts });

function findings(
  facts: SurveyFacts,
  seeds: readonly string[],
  context: FindingsContext = { mayDelete: true },
) {
  const survey = surveyOf(facts);
  const { blockers, warnings } = findingsOf(
    { repository, activeFrom, digests: seeds.map(digestOf) },
    survey,
    context,
  );
  const nameOf = (digest: string) => seeds.find((seed) => digestOf(seed) === digest);
  return [
    ...blockers.map(({ digest, error, repository: of }) => [nameOf(digest), error, of]),
    ...warnings.map(({ digest, warning, tags: names = [] }) => [nameOf(digest), warning, ...names]),
  ];
}

describe('objections to the deletion of an image', () => {
  it('are that it was not found for a part of a planned index that no list has', () => {
    const facts = {
      manifests: [image('whole', { mediaType: dockerIndex })],
      stored: {
        whole: storedManifest({ mediaType: dockerIndex, parts: [storedPart('p')], subject: null }),
      },
    };
    assert.deepEqual(findings(facts, ['whole', 'p']), [['p', 'not_found', 'app']]);
  });

  it('are none to an inactive image without a tag', () => {
    assert.deepEqual(findings({ manifests: [image('a')] }, ['a']), []);
  });

  it('are that it is active, from the instant on that makes it so, and its tags', () => {
    const manifests = [
      image('a', used),
      image('b', { ...old, lastPulled: new Date(activeFrom.getTime() - 1) }),
      image('c', { tags: ['1.0'] }),
    ];
    const tags = [
      listedTag('1.0', { digest: digestOf('c'), mediaType: docker }),
      listedTag('edge', { digest: digestOf('c'), mediaType: docker }),
    ];
    assert.deepEqual(findings({ manifests, tags }, ['a', 'b', 'c']), [
      ['a', 'is_active'],
      ['c', 'current_tag', '1.0', 'edge'],
    ]);
  });

  it('are that it does not exist, or that the account may not delete it', () => {
    assert.deepEqual(findings({ manifests: [image('a')] }, ['a', 'b']), [['b', 'not_found', 'app']]);
    assert.deepEqual(findings({ manifests: [image('a', used)] }, ['a', 'b'], { mayDelete: false }), [
      ['a', 'unauthorized', 'app'],
      ['b', 'unauthorized', 'app'],
    ]);
  });

  it('are that it belongs to another image, unless that is in the request too', () => {
    const facts = {
      manifests: [image('part'), listedManifest('whole', { mediaType: index, ...old })],
      stored: { whole: storedManifest({ mediaType: index, parts: [storedPart('part')], subject: null }) },
    };
    assert.deepEqual(findings(facts, ['part']), [['part', 'child_manifest', 'app']]);
    assert.deepEqual(findings(facts, ['part', 'whole']), []);
    assert.deepEqual(findings(facts, ['whole']), []);
  });

  it('are that its tags are disputed, or that an index may contain it', () => {
    const manifests = [image('a', { tags: ['1.0'] }), image('b')];
    const tags = [listedTag('1.0', { digest: digestOf('b'), mediaType: docker })];
    assert.deepEqual(findings({ manifests, tags }, ['a', 'b']), [
      ['a', 'disputed', 'app'],
      ['b', 'disputed', 'app'],
    ]);
    const unread = listedManifest('whole', { mediaType: dockerIndex, ...old });
    assert.deepEqual(findings({ manifests: [image('a'), unread] }, ['a', 'whole']), [
      ['a', 'undetermined', 'app'],
    ]);
  });

  it('are that it may be attached to another image', () => {
    const context = { mayDelete: true, mayBeAttachment: (digest: string) => digest === digestOf('a') };
    assert.deepEqual(findings({ manifests: [image('a'), image('b')] }, ['a', 'b'], context), [
      ['a', 'undetermined', 'app'],
    ]);
  });
});

describe('warnings that are not accepted', () => {
  const warning = (seed: string, ...tags: readonly string[]) =>
    ({ repository: repository.name, digest: digestOf(seed), warning: 'current_tag', tags }) as const;
  const active = (seed: string) =>
    ({ repository: repository.name, digest: digestOf(seed), warning: 'is_active' }) as const;

  it('are those that differ in image, kind or tags', () => {
    const all = [warning('a', '1.0'), active('a'), warning('b', '2.0')];
    assert.deepEqual(withoutAccepted(all, all), []);
    assert.deepEqual(withoutAccepted(all, []), all);
    assert.deepEqual(withoutAccepted(all, [warning('a', '1.0'), active('b'), warning('b', '2.1')]), [
      active('a'),
      warning('b', '2.0'),
    ]);
  });

  it('are none where one of several acceptances is for it', () => {
    assert.deepEqual(
      withoutAccepted([warning('a', '1.0')], [active('a'), warning('a', '0.9'), warning('a', '1.0')]),
      [],
    );
  });
});
