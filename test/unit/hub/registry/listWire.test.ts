import assert from 'node:assert/strict';
import { HubError } from '../../../../src/hub/errors';
import { inventoryAnswer, type ListedPart, tagEntry } from '../../../../src/hub/registry/listWire';
import { decode, type WireSchema } from '../../../../src/hub/wireShape';
import { digestOf } from '../../../support/images';

const pushed = '2026-01-02T03:04:05Z';
const pulled = '2026-02-03T04:05:06Z';
const [lastPushed, lastPulled] = [new Date(pushed), new Date(pulled)];
const unknownTimes = { lastPushed: undefined, lastPulled: undefined, reportsPulls: false };

function read<T>(schema: WireSchema<T>, body: unknown): T {
  return decode(schema, { method: 'GET', path: '/lists', status: 200, body });
}

/** Why an answer is rejected. */
function reasonOf(schema: WireSchema<unknown>, body: unknown): string | undefined {
  try {
    read(schema, body);
  } catch (error) {
    assert.ok(error instanceof HubError && error.kind === 'protocol');
    return error.reason;
  }
  assert.fail('accepted');
}

describe('an entry of the list of manifests', () => {
  const entry = (facts: object = {}) =>
    read(inventoryAnswer, { manifests: [{ manifest_digest: digestOf('a'), ...facts }] }).manifests.items[0];

  it('has what the list tells', () => {
    const wire = {
      tags: ['1.0', 'latest'],
      media_type: 'application/x-some',
      last_pushed: pushed,
      last_pulled: pulled,
      total_size: 7,
    };
    assert.deepEqual(entry(wire), {
      digest: digestOf('a'),
      tags: ['1.0', 'latest'],
      mediaType: 'application/x-some',
      lastPushed,
      lastPulled,
      reportsPulls: true,
      sizeBytes: 7,
    });
  });

  it('may lack everything but its digest', () => {
    const bare = { digest: digestOf('a'), tags: [], mediaType: '', ...unknownTimes, sizeBytes: undefined };
    assert.deepEqual(entry(), bare);
    assert.deepEqual(entry({ tags: null, media_type: null, total_size: null, last_pushed: null }), bare);
    assert.deepEqual(read(inventoryAnswer, { manifests: [{}] }).manifests, {
      items: [],
      partial: [],
      unread: [{ position: 0, count: 1, reason: 'manifest_digest: missing' }],
      length: 1,
    });
  });

  it('tells that an image was never pulled only if it has the field', () => {
    assert.deepEqual([entry()?.reportsPulls, entry()?.lastPulled], [false, undefined]);
    const never = entry({ last_pulled: null });
    assert.deepEqual([never?.reportsPulls, never?.lastPulled], [true, undefined]);
  });

  const unreadable: Readonly<Record<string, readonly [facts: object, reason: string]>> = {
    'a negative size': [{ total_size: -1 }, 'total_size: expected no negative number'],
    'a size that is a text': [{ total_size: '1' }, 'total_size: expected a whole number'],
    'a time without a zone': [{ last_pulled: '2026-01-01T00:00:00' }, 'last_pulled: expected a time'],
    'a time that is a number': [{ last_pushed: 5 }, 'last_pushed: expected a time'],
    'a null tag': [{ tags: [null, '1.0'] }, 'tags[0]: expected text'],
    'an empty tag': [{ tags: ['1.0', ''] }, 'tags[1]: expected a name that can be used in a path'],
    'a media type that is none': [{ media_type: 5 }, 'media_type: expected text'],
  };
  for (const [what, [facts, reason]] of Object.entries(unreadable)) {
    it(`is kept in part with ${what}, without any time`, () => {
      const { items, partial, unread } = read(inventoryAnswer, {
        manifests: [{ manifest_digest: digestOf('a'), last_pushed: pushed, last_pulled: pulled, ...facts }],
      }).manifests;
      assert.deepEqual(unread, [{ position: 0, count: 1, reason }]);
      assert.deepEqual(items, partial);
      assert.equal(items[0]?.digest, digestOf('a'));
      assert.deepEqual({ ...items[0], ...unknownTimes }, items[0]);
    });
  }
});

describe('a page of the list of manifests', () => {
  it('has the cursor of the next page, which is empty on the last one', () => {
    const cursor = (facts: object) => read(inventoryAnswer, { manifests: [], ...facts }).last_evaluated_key;
    assert.deepEqual(
      [{ last_evaluated_key: 'next' }, { last_evaluated_key: '' }, { last_evaluated_key: null }, {}].map(
        cursor,
      ),
      ['next', '', '', ''],
    );
  });

  it('must have a list', () => {
    assert.equal(reasonOf(inventoryAnswer, {}), 'manifests: missing');
    assert.equal(reasonOf(inventoryAnswer, { manifests: null }), 'manifests: expected a list');
  });
});

describe('an entry of the list of tags', () => {
  it('has what the list tells', () => {
    const wire = {
      name: 'latest',
      digest: digestOf('index'),
      media_type: 'application/x-some',
      full_size: 9,
      last_updated: '2026-03-04T05:06:07Z',
      tag_last_pushed: pushed,
      tag_last_pulled: pulled,
      images: [{ digest: digestOf('a') }],
    };
    const { parts, ...tag } = read(tagEntry, wire);
    assert.deepEqual(tag, {
      name: 'latest',
      digest: digestOf('index'),
      mediaType: 'application/x-some',
      sizeBytes: 9,
      lastUpdated: new Date('2026-03-04T05:06:07Z'),
      lastPushed,
      lastPulled,
      reportsPulls: true,
    });
    assert.deepEqual(
      parts.map(({ digest }) => digest),
      [digestOf('a')],
    );
  });

  it('may lack everything but its name', () => {
    const bare = {
      name: 'latest',
      digest: undefined,
      mediaType: '',
      sizeBytes: undefined,
      lastUpdated: undefined,
      ...unknownTimes,
      parts: [],
    };
    assert.deepEqual(read(tagEntry, { name: 'latest' }), bare);
    const empty = { digest: null, media_type: null, full_size: null, last_updated: null, images: null };
    assert.deepEqual(read(tagEntry, { name: 'latest', ...empty }), bare);
    assert.equal(reasonOf(tagEntry, {}), 'name: missing');
  });

  it('tells that a tag was never pulled only if it has the field', () => {
    const never = read(tagEntry, { name: 'latest', tag_last_pulled: null });
    assert.deepEqual([never.reportsPulls, never.lastPulled], [true, undefined]);
  });
});

describe('a part of the image of a tag', () => {
  const part = (facts: object): ListedPart | undefined =>
    read(tagEntry, { name: 'latest', images: [facts] }).parts[0];

  it('has what the list tells', () => {
    const wire = {
      digest: digestOf('a'),
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      size: 5,
      last_pushed: pushed,
      last_pulled: pulled,
    };
    assert.deepEqual(part(wire), {
      digest: digestOf('a'),
      platform: 'linux/arm64/v8',
      isAttestation: false,
      lastPushed,
      lastPulled,
      reportsPulls: true,
      sizeBytes: 5,
    });
  });

  it('may lack everything', () => {
    const bare = {
      digest: undefined,
      platform: undefined,
      isAttestation: false,
      ...unknownTimes,
      sizeBytes: undefined,
    };
    assert.deepEqual(part({}), bare);
    const empty = {
      digest: null,
      os: null,
      architecture: null,
      variant: null,
      size: null,
      last_pushed: null,
    };
    assert.deepEqual(part(empty), bare);
  });

  it('has a platform made of the fields that the list has', () => {
    const platform = (facts: object) => part(facts)?.platform;
    assert.equal(platform({ os: 'linux', architecture: 'amd64', variant: '' }), 'linux/amd64');
    assert.equal(platform({ architecture: 'amd64' }), 'amd64');
    assert.equal(platform({ os: '', architecture: '', variant: '' }), undefined);
  });

  it('is an attestation if both system and architecture are called unknown', () => {
    const isAttestation = (os: string, architecture: string) => part({ os, architecture })?.isAttestation;
    assert.equal(isAttestation('unknown', 'unknown'), true);
    assert.equal(isAttestation('unknown', 'amd64'), false);
    assert.equal(isAttestation('linux', 'unknown'), false);
  });

  it('tells that it was never pulled only if it has the field', () => {
    const never = part({ last_pulled: null });
    assert.deepEqual([never?.reportsPulls, never?.lastPulled], [true, undefined]);
  });
});
