import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CandidateScanner, overlapBytes } from '../../../../src/references/find/candidateScanner';
import { DiskReader } from '../../../../src/references/find/diskReader';
import { fileLimitBytes, FileSearch, pieceBytes } from '../../../../src/references/find/fileSearch';
import type { FolderReader } from '../../../../src/references/find/folderReader';
import { NamespaceTable } from '../../../../src/references/find/namespaceTable';
import { OneAtATime } from '../../../../src/references/find/oneAtATime';
import { MemoryFolder } from '../../../support/references/memoryFolder';

const name = 'acme/web';

function searchOf(reader: FolderReader, signal = new AbortController().signal) {
  return new FileSearch<string>({
    reader,
    scanner: new CandidateScanner(new NamespaceTable(new Set(['acme']))),
    nothing: 'nothing',
    resolve: (_path, text) => Promise.resolve(text),
    largeTexts: new OneAtATime(),
    signal,
  });
}

function bytesOf(text: string, encoding: BufferEncoding, ...mark: number[]): Uint8Array {
  return Buffer.concat([Buffer.from(mark), Buffer.from(text, encoding)]);
}

function search(content: string | Uint8Array, path = 'file') {
  const folder = new MemoryFolder();
  folder.files.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  return searchOf(folder).search(path);
}

describe('FileSearch', () => {
  it('hands over the text of a candidate only', async () => {
    assert.equal(await search(`image: ${name}\n`), `image: ${name}\n`);
    assert.equal(await search('image: other/web\n'), 'nothing');
    assert.equal(await search(''), 'nothing');
  });

  it('leaves out the byte order mark', async () => {
    assert.equal(await search(bytesOf(name, 'utf8', 0xef, 0xbb, 0xbf)), name);
  });

  it('reads UTF-16 in both orders', async () => {
    assert.equal(await search(bytesOf(name, 'utf16le', 0xff, 0xfe)), name);
    const swapped = Buffer.from(name, 'utf16le').swap16();
    assert.equal(await search(Buffer.concat([Buffer.from([0xfe, 0xff]), swapped])), name);
  });

  it('tells a file with a zero byte near its beginning from a text', async () => {
    assert.equal(await search(`${name}\0`), 'binary');
    assert.equal(await search(bytesOf(name, 'utf16le')), 'binary', 'without a mark');
    const later = `${name}${' '.repeat(10_000)}\0`;
    assert.equal(await search(later), later);
  });

  it('keeps what cannot be decoded out of the way', async () => {
    assert.equal(await search(bytesOf(`\xe9 ${name}`, 'latin1')), `\ufffd ${name}`);
  });

  it('hands over a Compose file with variables, whose names may be in another file', async () => {
    const text = 'services:\n  web:\n    image: $IMAGE\n';
    assert.equal(await search(text, 'compose.yaml'), text);
    assert.equal(await search(text, 'deploy/docker-compose.prod.yml'), text);
    assert.equal(await search(text, 'stack.yaml'), text);
    assert.equal(await search(text, 'stack.txt'), 'nothing');
    assert.equal(await search('a: $B\n', 'values.yaml'), 'nothing');
    assert.equal(await search('services:\n', 'compose.yaml'), 'nothing');
  });

  it('finds what lies across two pieces', async () => {
    for (let before = pieceBytes - 20; before <= pieceBytes + 3; before += 1) {
      const text = `${' '.repeat(before)}docker.io/${name} ${' '.repeat(pieceBytes)}`;
      assert.equal(await search(text), text, String(before));
    }
  });

  it('finds nothing in a large file without it', async () => {
    assert.equal(await search('other/web '.repeat(pieceBytes / 4)), 'nothing');
    assert.equal(await search(' '.repeat(2 * pieceBytes - overlapBytes)), 'nothing');
  });

  it('finds it at the very end of a large file', async () => {
    const text = `${' '.repeat(pieceBytes)}/acme`;
    assert.equal(await search(text), text);
  });

  it('leaves out a file above the limit, and reads one at it', async () => {
    const text = name.padEnd(fileLimitBytes);
    assert.equal(await search(text), text);
    assert.equal(await search(`${text} `), 'tooLarge');
  });

  it('reads what was there of a file that grows', async () => {
    const folder = new MemoryFolder({ log: name.padEnd(pieceBytes) });
    const search = searchOf(folder);
    folder.beforeOpen = () => {
      if (folder.opened.length === 2) folder.write('log', name.padEnd(fileLimitBytes + 1));
    };
    assert.equal(await search.search('log'), 'tooLarge');
  });

  it('tells a file that no longer exists from one that cannot be read', async () => {
    const folder = new MemoryFolder({ a: name });
    folder.unreadable.add('a');
    assert.equal(await searchOf(folder).search('a'), 'unreadable');
    assert.equal(await searchOf(folder).search('b'), undefined);
  });

  it('searches one file after the other', async () => {
    const folder = new MemoryFolder({ a: 'OWNER=acme', b: 'FROM $OWNER/web', c: name });
    const search = searchOf(folder);
    assert.deepEqual(
      [await search.search('a'), await search.search('b'), await search.search('c')],
      ['nothing', 'nothing', name],
    );
  });

  it('ends between two pieces when it is cancelled', async () => {
    const controller = new AbortController();
    const folder = new MemoryFolder({ a: ' '.repeat(3 * pieceBytes) });
    folder.beforeOpen = () => controller.abort(new Error('enough'));
    await assert.rejects(searchOf(folder, controller.signal).search('a'), /enough/);
  });

  describe('on a disk', () => {
    let folder: string;

    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'hub-images-file-'));
    });

    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it('reads small and large files, and tells those that are gone', async () => {
      const large = `${' '.repeat(3 * pieceBytes)}${name}`;
      writeFileSync(join(folder, 'small'), name);
      writeFileSync(join(folder, 'large'), large);
      writeFileSync(join(folder, 'file'), '');
      const search = searchOf(new DiskReader(folder));
      assert.equal(await search.search('small'), name);
      assert.equal(await search.search('large'), large);
      assert.equal(await search.search('none'), undefined);
      assert.equal(await search.search('file/none'), undefined);
      assert.equal(await search.search(''), 'unreadable');
    });
  });
});
