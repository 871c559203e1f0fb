import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderFiles } from '../../../src/journal/folderFiles';
import { isReadable } from '../../../src/journal/journalFiles';
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
    const [file, ...others] = (await files.list()).filter(isReadable);
    assert.deepEqual([file?.name, file?.sizeBytes, others], ['a', 4, []]);
  });

  it('fails where the folder cannot be made', async () => {
    writeFileSync(join(root, 'storage'), 'a file in its place');
    await assert.rejects(files.create('a'), { code: 'ENOTDIR' });
  });

  it('lists a folder and a link to nothing as what cannot be read', async () => {
    await writeAll(await files.create('a'), bytes('one\n'));
    mkdirSync(join(folder, 'b'));
    if (process.platform !== 'win32') {
      // Windows asks for a right to make links
      symlinkSync(join(root, 'nowhere'), join(folder, 'c'));
    }
    const entries = await files.list();
    assert.deepEqual(
      entries.filter(isReadable).map(({ name }) => name),
      ['a'],
    );
    const unreadable = [{ name: 'b', unreadable: 'notAFile' }];
    assert.deepEqual(
      entries.filter((entry) => !isReadable(entry)),
      process.platform === 'win32' ? unreadable : [...unreadable, { name: 'c', unreadable: 'brokenLink' }],
    );
  });

  it('does not look empty where it cannot be listed', async () => {
    mkdirSync(join(root, 'storage'));
    writeFileSync(folder, 'a file in its place');
    await assert.rejects(files.list(), { code: 'ENOTDIR' });
  });

  it('fails to flush a folder that is not there', async () => {
    await assert.rejects(files.syncFolder(), { code: 'ENOENT' });
  });

  // a device of Linux; elsewhere the tests with a disk that is full at any byte stand for it
  if (existsSync('/dev/full')) {
    it('fails where the disk itself is full', async () => {
      const full = await new FolderFiles('/dev').append('full');
      await assert.rejects(writeAll(full, bytes('one\n')), { code: 'ENOSPC' });
    });
  }

  if (existsSync('/proc/self/fd')) {
    it('leaves no file open', async () => {
      await writeAll(await files.create('a'), bytes('one\n'));
      await writeAll(await files.append('a'), bytes('two\n'));
      const added = await files.append('a');
      await added.close();
      await files.read('a');
      await files.syncFolder();
      assert.deepEqual(
        openFiles().filter((name) => name.startsWith(root)),
        [],
      );
    });
  }

  // a device takes writes, but cannot be flushed
  if (existsSync('/dev/full')) {
    it('tells when a file cannot be flushed, but accepts it of a folder', async () => {
      const full = await new FolderFiles('/dev').append('full');
      await assert.rejects(full.sync(), { code: 'EINVAL' });
      await full.close();
      await new FolderFiles('/dev/full').syncFolder();
    });
  }

  // a file of the kernel that is shorter than its size says
  const short = { folder: '/sys/kernel', name: 'vmcoreinfo' };
  if (existsSync(join(short.folder, short.name))) {
    it('reads a file that has become shorter since its size was asked for', async () => {
      const whole = readFileSync(join(short.folder, short.name), 'utf8');
      assert.ok(whole.length < statSync(join(short.folder, short.name)).size);
      assert.equal(text(await new FolderFiles(short.folder).read(short.name)), whole);
    });
  }
});

/** Of this process, as Linux tells them. */
function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(join('/proc/self/fd', descriptor))];
    } catch {
      return []; // the one that listed the folder
    }
  });
}
