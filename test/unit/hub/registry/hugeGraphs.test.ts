import assert from 'node:assert/strict';
import { collateralOf } from '../../../../src/hub/deletion/collateralSurvey';
import { type Digest, parseDigest } from '../../../../src/hub/digest';
import { inventoryAt } from '../../../../src/hub/listing/inventoryAt';
import { type Image, partsOf } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import type { ListedManifest, ListedTag } from '../../../../src/hub/registry/listWire';
import type { StoredManifest } from '../../../../src/hub/registry/manifestStore';
import { Survey } from '../../../../src/hub/registry/survey';
import { digestOf } from '../../../../src/sandbox/index';

const activeFrom = new Date('2025-12-01T00:00:00Z');
const later = new Date('2026-01-01T00:00:00Z');
const pushed = new Date('2025-08-01T00:00:00Z');
const repository = parseRepositoryRef('demo/app');
const indexType = 'application/vnd.oci.image.index.v1+json';
const imageType = 'application/vnd.oci.image.manifest.v1+json';
const digest = (seed: string) => parseDigest(digestOf(seed));
const digests = (count: number, what: string) =>
  Array.from({ length: count }, (_, number) => digest(`${what} ${number}`));

const manifest = (of: Digest, mediaType: string, tags: readonly string[] = []): ListedManifest => ({
  digest: of,
  tags,
  mediaType,
  lastPushed: pushed,
  lastPulled: undefined,
  reportsPulls: true,
  sizeBytes: 1,
});

const content = (parts: readonly Digest[], subject: Digest | null = null): StoredManifest => ({
  mediaType: parts.length > 0 ? indexType : imageType,
  parts: parts.map((part) => ({ digest: part, platforms: [], isAttestation: false, sizeBytes: 1 })),
  subject,
  ownRead: undefined,
});

function surveyOf(
  manifests: readonly ListedManifest[],
  stored: ReadonlyMap<Digest, StoredManifest>,
  tags: readonly ListedTag[] = [],
): Survey {
  return new Survey(
    { manifests, areManifestsCut: false, tags, tagCount: tags.length, areTagsCut: false },
    {
      version: 0,
      stored,
      askedTags: new Map(),
      referrers: new Map(),
      isNoAttachment: () => false,
      isGone: () => false,
      wasShown: () => false,
      mayHaveMoreAttachments: () => false,
    },
  );
}

/** Everything that is done with the images between a listing and a review. */
function evaluate(survey: Survey): readonly Image[] {
  const images = survey.images(activeFrom);
  inventoryAt({ repository, activeFrom, images }, later);
  collateralOf(images, images);
  return images;
}

describe('repositories that somebody made to be hard to evaluate', () => {
  it('may nest indexes that each contain the next one and share its parts', () => {
    const indexes = digests(40, 'nested');
    const leaf = digest('leaf');
    const stored = new Map(
      indexes.map((index, level) => [
        index,
        content([indexes[level + 1] ?? leaf, indexes[level + 2] ?? leaf, leaf]),
      ]),
    );
    stored.set(leaf, content([]));
    const images = evaluate(
      surveyOf([...indexes.map((index) => manifest(index, indexType)), manifest(leaf, imageType)], stored),
    );
    assert.deepEqual(
      images.map((image) => image.digest),
      [indexes[0]],
    );
    const [outermost] = images;
    assert.equal(outermost && partsOf(outermost).length, 40);
  });

  it('may have an index that names one manifest 20,000 times', () => {
    const [index, child] = [digest('index'), digest('child')];
    const platforms = Array.from({ length: 20_000 }, (_, number) => `linux/${number}`);
    const tag: ListedTag = {
      name: 'latest',
      digest: index,
      lastUpdated: pushed,
      lastPushed: pushed,
      lastPulled: undefined,
      reportsPulls: true,
      sizeBytes: 1,
      mediaType: indexType,
      parts: platforms.slice(0, 10_000).map((platform) => ({
        digest: child,
        platform,
        isAttestation: false,
        lastPushed: pushed,
        lastPulled: undefined,
        reportsPulls: true,
        sizeBytes: 1,
      })),
    };
    const images = evaluate(
      surveyOf([manifest(index, indexType, ['latest']), manifest(child, imageType)], new Map(), [tag]),
    );
    assert.equal(images[0]?.parts?.length, 1);
  });

  it('may attach 5,000 manifests to each other, one to the next', () => {
    const chain = digests(5_000, 'attachment');
    const stored = new Map(chain.map((each, place) => [each, content([], chain[place - 1] ?? null)]));
    const images = evaluate(
      surveyOf(
        chain.map((each) => manifest(each, imageType)),
        stored,
      ),
    );
    assert.deepEqual(
      images.map((image) => image.digest),
      [chain[0]],
    );
    const [subject] = images;
    assert.equal(subject && partsOf(subject).length, 4_999);
  });

  it('may have indexes and attachments that contain each other in a circle', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(digest) as [Digest, Digest, Digest, Digest];
    const stored = new Map([
      [a, content([b])],
      [b, content([a])],
      [c, content([], d)],
      [d, content([], c)],
    ]);
    const images = evaluate(
      surveyOf(
        [manifest(a, indexType), manifest(b, indexType), manifest(c, imageType), manifest(d, imageType)],
        stored,
      ),
    );
    assert.equal(images.length, 1); // c or d; a and b are each part of another image, and so never offered
  });

  it('may have an index with more manifests than are evaluated: then its content is not known', () => {
    const parts = digests(10_001, 'part');
    const index = digest('index');
    const survey = surveyOf(
      [manifest(index, indexType), ...parts.slice(0, 3).map((part) => manifest(part, imageType))],
      new Map([[index, content(parts)]]),
    );
    assert.equal(survey.image(index, activeFrom)?.arePartsUnknown, true);
    assert.equal(survey.image(parts[0] ?? index, activeFrom)?.doubt, 'undetermined');
  });
});
