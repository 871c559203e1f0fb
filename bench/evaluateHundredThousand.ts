import { parseDigest } from '../src/hub/digest';
import type { ListedManifest } from '../src/hub/registry/listWire';
import type { StoredManifest } from '../src/hub/registry/manifestStore';
import { Survey } from '../src/hub/registry/survey';
import { digestOf } from '../src/sandbox/index';
import { measureClaim } from './support/claim';
import { median, msText, timeOf, usedHeapBytes } from './support/measure';

const manifests = 100_000;
const indexes = 5_000;
const partsEach = 4;
const limitMs = 300;
const limitMegabytes = 60;
const activeFrom = new Date(Date.now() - 30 * 24 * 3_600_000);
const pushed = new Date(Date.now() - 400 * 24 * 3_600_000);

const digests = Array.from({ length: manifests }, (_, number) => parseDigest(digestOf(`manifest ${number}`)));
const listed: readonly ListedManifest[] = digests.map((digest, number) => ({
  digest,
  tags: [],
  mediaType:
    number < indexes
      ? 'application/vnd.oci.image.index.v1+json'
      : 'application/vnd.oci.image.manifest.v1+json',
  lastPushed: pushed,
  lastPulled: undefined,
  reportsPulls: true,
  sizeBytes: 1,
}));
const stored = new Map(
  digests.slice(0, indexes).map((digest, index): [typeof digest, StoredManifest] => [
    digest,
    {
      mediaType: 'application/vnd.oci.image.index.v1+json',
      parts: digests
        .slice(indexes + index * partsEach, indexes + (index + 1) * partsEach)
        .map((part) => ({ digest: part, platforms: ['linux/amd64'], isAttestation: false, sizeBytes: 1 })),
      subject: null,
      ownRead: undefined,
    },
  ]),
);

function evaluate(): Survey {
  const survey = new Survey(
    { manifests: listed, areManifestsCut: false, tags: [], tagCount: 0, areTagsCut: false },
    {
      version: 0,
      stored,
      askedTags: new Map(),
      referrers: new Map(),
      isNoAttachment: () => false,
      isGone: () => false,
      wasShown: () => true,
      mayHaveMoreAttachments: () => false,
    },
  );
  survey.images(activeFrom);
  return survey;
}

await measureClaim(
  {
    title: `evaluate ${manifests.toLocaleString('en')} manifests with ${(indexes * partsEach).toLocaleString('en')} references`,
    target: `at most ${limitMs} ms, median of 5; at most ${limitMegabytes} MB`,
  },
  async () => {
    const times: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      times.push(await timeOf(() => Promise.resolve(evaluate())));
    }
    const before = usedHeapBytes();
    const survey = evaluate();
    const megabytes = (usedHeapBytes() - before) / 1_000_000;
    const ms = median(times);
    return {
      measured: `${msText(ms)}; ${megabytes.toFixed(0)} MB for ${survey.images(activeFrom).length.toLocaleString('en')} images`,
      isMet: ms <= limitMs && megabytes <= limitMegabytes,
    };
  },
);
