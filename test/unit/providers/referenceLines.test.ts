import assert from 'node:assert/strict';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import { imageNode, type Node, namespaceNode, partNodes, repositoryNode } from '../../../src/providers/nodes';
import { ReferenceLines } from '../../../src/providers/referenceLines';
import { FakeReferenceSource, nothingOpen, referenceAt } from '../../support/foundReferences';
import { digestOf, imageOf } from '../../support/images';

const repository = repositoryNode(
  namespaceNode({ name: parseNamespaceName('acme'), origin: 'own' }, { isListed: true, isRemovable: false }),
  { ...parseRepositoryRef('acme/api'), isPrivate: false },
  false,
);
const row = imageNode(
  repository,
  imageOf('a', { tags: [{ name: '1.0', isCurrent: true }], parts: [imageOf('part')] }),
);
const never = () => new Promise<never>(() => undefined);

function setUp(delay: (ms: number, signal: AbortSignal) => Promise<void> = never) {
  const references = new FakeReferenceSource([referenceAt('a.yaml', 1), referenceAt('b.yaml', 2)]);
  const dropped: Node[] = [];
  const lines = new ReferenceLines({
    references,
    dropTooltip: (node) => {
      dropped.push(node);
    },
    delay,
  });
  return { references, dropped, lines };
}

const unused = new AbortController().signal;

/** A search that lasts until it is aborted. */
function endless(references: FakeReferenceSource): { signal?: AbortSignal } {
  const seen: { signal?: AbortSignal } = {};
  references.before = (signal) => {
    seen.signal = signal;
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('aborted'));
      });
    });
  };
  return seen;
}

describe('what a tooltip says of references', () => {
  it('is their number', async () => {
    const { references, lines } = setUp();
    assert.deepEqual(await lines.lineOf(row, unused), { text: '2 lines in 2 files', hasReferences: true });
    assert.deepEqual(references.asked, [['acme/api']]);
  });

  it('is the number of those to a part alone, for the row of a part', async () => {
    const { references, lines } = setUp();
    references.references = [
      referenceAt('a.yaml', 1),
      referenceAt('b.lock', 2, { digest: digestOf('part') }),
    ];
    const [part] = partNodes(row);
    assert.ok(part);
    assert.equal((await lines.lineOf(part, unused))?.text, '1 line in 1 file');
  });

  it('is that there are none', async () => {
    const { references, lines } = setUp();
    references.references = [];
    assert.deepEqual(await lines.lineOf(row, unused), {
      text: 'none found in the open folders and editors',
      hasReferences: false,
    });
  });

  it('is nothing without an open folder or editor, and then nothing listens', async () => {
    const { references, lines } = setUp();
    references.report = nothingOpen;
    assert.equal(await lines.lineOf(row, unused), undefined);
    assert.equal(references.listeners, 0);
  });

  it('is nothing where the search fails, and then nothing listens', async () => {
    const { references, lines } = setUp();
    references.before = () => Promise.reject(new Error('no'));
    assert.equal(await lines.lineOf(row, unused), undefined);
    assert.equal(references.listeners, 0);
  });

  it('is nothing when it is no longer wanted', async () => {
    const { references, lines } = setUp();
    const seen = endless(references);
    const cancellation = new AbortController();
    const line = lines.lineOf(row, cancellation.signal);
    cancellation.abort();
    assert.equal(await line, undefined);
    assert.equal(seen.signal?.aborted, true);
  });

  it('is that the search takes long, and the tooltip is made again when it has ended', async () => {
    const { references, dropped, lines } = setUp(() => Promise.resolve());
    let end: () => void = () => undefined;
    references.before = () => new Promise((resolve) => (end = resolve));
    assert.deepEqual(await lines.lineOf(row, unused), { text: 'still searching', hasReferences: false });
    assert.deepEqual(dropped, []);
    end();
    await new Promise(setImmediate);
    assert.deepEqual(dropped, [row]);
    assert.equal((await setUp().lines.lineOf(row, unused))?.text, '2 lines in 2 files');
  });

  it('is not kept when files change: the tooltip is made again, and nothing is searched before', async () => {
    const { references, dropped, lines } = setUp();
    await lines.lineOf(row, unused);
    assert.equal(references.listeners, 1);
    references.change();
    assert.deepEqual(dropped, [row]);
    assert.deepEqual([references.listeners, references.searches], [0, 1]);
    references.references = [];
    assert.equal((await lines.lineOf(row, unused))?.text, 'none found in the open folders and editors');
    assert.equal(references.listeners, 1);
  });

  it('is searched for again when files change in the meantime', async () => {
    const { references, lines } = setUp();
    references.before = () => {
      references.before = () => Promise.resolve();
      references.change();
      return Promise.resolve();
    };
    assert.equal((await lines.lineOf(row, unused))?.text, '2 lines in 2 files');
    assert.equal(references.searches, 2);
    assert.equal(references.listeners, 1);
  });

  it('is forgotten when nobody sees it, and nothing listens any more', async () => {
    const { references, dropped, lines } = setUp();
    await lines.lineOf(row, unused);
    lines.forget();
    assert.deepEqual(dropped, [row]);
    assert.equal(references.listeners, 0);
  });

  it('is kept up to date for a limited number of rows', async () => {
    const { references, dropped, lines } = setUp();
    for (let index = 0; index <= 100; index += 1) {
      await lines.lineOf(imageNode(repository, imageOf(`${index}`)), unused);
    }
    assert.equal(dropped.length, 100);
    references.change();
    assert.equal(dropped.length, 101);
  });

  it('is nothing once it is disposed, and the search ends', async () => {
    const { references, lines } = setUp();
    const seen = endless(references);
    const line = lines.lineOf(row, unused);
    lines.dispose();
    assert.equal(await line, undefined);
    assert.equal(seen.signal?.aborted, true);
    assert.equal(references.listeners, 0);
  });
});
