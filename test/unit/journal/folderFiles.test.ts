import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderFiles } from '../../../src/journal/folderFiles';
import { writeAll } from '../../../src/journal/writeAll';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (read: Uint8Array) => new TextDecoder().decode(read);

describe('journal in a folder', () => {
  let root: string;
  let folder: string;
  let files: FolderFiles;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hub-images-journal-'));
    folder = join(root, 'storage', 'deletions');
    files = new FolderFiles(folder);
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('is none before anything was written, and no folder is made by looking', async () => {
    assert.deepEqual(await files.list(), []);
    assert.equal(existsSync(folder), false);
    await assert.rejects(files.read('a'), { code: 'ENOENT' });
  });

  it('makes a file, and its folder, that nobody else may read', async () => {
    await writeAll(await files.create('a'), bytes('one\n'));
    await files.syncFolder();
    assert.equal(text(await files.read('a')), 'one\n');
    if (process.platform !== 'win32') {
      // Windows has no such modes
      assert.equal(statSync(join(folder, 'a')).mode & 0o777, 0o600);
      assert.equal(statSync(folder).mode & 0o777, 0o700);
    }
  });

  it('makes no file that is there already', async () => {
    await writeAll(await files.create('a'), bytes('one\n'));
    await assert.rejects(files.create('a'), { code: 'EEXIST' });
    assert.equal(text(await files.read('a')), 'one\n');
  });

  it('adds to the end of a file, and to none that is not there', async () => {
    await writeAll(await files.create('a'), bytes('one\n'));
    await writeAll(await files.append('a'), bytes('two\n'));
    assert.equal(text(await files.read('a')), 'one\ntwo\n');
    assert.equal(text(await files.read('a', 3)), 'wo\n');
    assert.equal(text(await files.read('a', 300)), 'one\ntwo\n');
    await files.remove('a');
    await files.remove('a');
    await assert.rejects(files.append('a'), { code: 'ENOENT' });
    assert.deepEqual(await files.list(), []);
  });

  it('lists files with their sizes', async () => {
    await writeAll(await files.create('a'), bytes('one\n'));
    const [file, ...others] = await files.list();
    assert.deepEqual([file?.name, file?.sizeBytes, others], ['a', 4, []]);
  });

  it('fails where the folder cannot be made', async () => {
    writeFileSync(join(root, 'storage'), 'a file in its place');
    await assert.rejects(files.create('a'), { code: 'ENOTDIR' });
  });

  // a device of Linux; elsewhere the tests with a disk that is full at any byte stand for it
  if (existsSync('/dev/full')) {
    it('fails where the disk itself is full', async () => {
      const full = await new FolderFiles('/dev').append('full');
      await assert.rejects(writeAll(full, bytes('one\n')), { code: 'ENOSPC' });
    });
  }
});
