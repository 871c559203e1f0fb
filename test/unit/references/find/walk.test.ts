import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DiskReader } from '../../../../src/references/find/diskReader';
import { excludedPaths } from '../../../../src/references/find/excludedPaths';
import { FolderRules } from '../../../../src/references/find/folderRules';
import { walk } from '../../../../src/references/find/walk';
import { MemoryFolder } from '../../../support/references/memoryFolder';

const never = new AbortController().signal;
const neverApart: (path: string) => boolean = () => false;

describe('walk', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hub-images-walk-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  async function walked({ exclude = {}, usesIgnoreFiles = true, isApart = neverApart } = {}) {
    const rules = new FolderRules({ isExcluded: excludedPaths(exclude), usesIgnoreFiles });
    const { files, skipped } = await walk({ reader: new DiskReader(folder), rules, isApart, signal: never });
    return { files: files.sort(), skipped: Object.fromEntries(skipped), rules };
  }

  it('lists all files, also those that begin with a dot', async () => {
    write({ 'a.txt': '', 'b/c.txt': '', 'b/.d/.env': '', 'e/f/g/h': '' });
    assert.deepEqual((await walked()).files, ['a.txt', 'b/.d/.env', 'b/c.txt', 'e/f/g/h']);
  });

  it('does not look into excluded folders', async () => {
    write({ 'node_modules/a/b.js': '', 'src/node_modules/c.js': '', 'src/d.ts': '', 'src/e.log': '' });
    const { files } = await walked({ exclude: { '**/node_modules': true, '**/*.log': true } });
    assert.deepEqual(files, ['src/d.ts']);
  });

  it('honours ignore files in every folder, and the innermost first', async () => {
    write({
      '.gitignore': '*.log\n/out\nbuild/\n',
      'a.log': '',
      'out/b': '',
      'c/out/d': '',
      'c/build/e': '',
      build: '',
      'c/.gitignore': '!keep.log\nlocal\n',
      'c/keep.log': '',
      'c/local': '',
      local: '',
    });
    assert.deepEqual((await walked()).files, [
      '.gitignore',
      'build',
      'c/.gitignore',
      'c/keep.log',
      'c/out/d',
      'local',
    ]);
  });

  it('lets .ignore decide before any .gitignore', async () => {
    write({
      '.ignore': '!/a\n*.txt\n',
      '.gitignore': 'a/\n',
      'a/b.md': '',
      'c/.gitignore': '!d.txt\n',
      'c/d.txt': '',
    });
    assert.deepEqual((await walked()).files, ['.gitignore', '.ignore', 'a/b.md', 'c/.gitignore']);
  });

  it('does not apply the .gitignore of one repository in another', async () => {
    write({ '.gitignore': '*.txt\n', 'module/.git': 'gitdir: elsewhere\n', 'module/a.txt': '', 'b.txt': '' });
    assert.deepEqual((await walked()).files, ['.gitignore', 'module/.git', 'module/a.txt']);
  });

  it('ignores nothing if ignore files do not count', async () => {
    write({ '.gitignore': '*\n', 'a.txt': '' });
    assert.deepEqual((await walked({ usesIgnoreFiles: false })).files, ['.gitignore', 'a.txt']);
  });

  it('ignores what Git ignores', async () => {
    write({
      '.gitignore': '# comment\n\\#a\n*.o\n!keep.o\ndoc/*.txt\n**/deep\nx/**/y\ntrail \nesc\\ \n[ab]?z\r\n',
      '#a': '',
      'm.o': '',
      'keep.o': '',
      'doc/n.txt': '',
      'doc/sub/n.txt': '',
      'q/deep/r': '',
      'x/1/2/y': '',
      trail: '',
      'esc ': '',
      abz: '',
      cbz: '',
    });
    execFileSync('git', ['init', '-q', folder]);
    const listed = execFileSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const { files } = await walked({ exclude: { '**/.git': true } });
    assert.deepEqual(files, listed.split('\0').filter(Boolean).sort());
  });

  it('follows links to files, and counts links to folders', async () => {
    write({ 'real/a.txt': '' });
    symlinkSync(join(folder, 'real'), join(folder, 'folder'));
    symlinkSync(join(folder, 'real/a.txt'), join(folder, 'file'));
    symlinkSync(folder, join(folder, 'real/up'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
    symlinkSync('circle', join(folder, 'circle'));
    const { files, skipped } = await walked();
    assert.deepEqual(files, ['file', 'real/a.txt']);
    assert.deepEqual(skipped, { folder: 'linked', 'real/up': 'linked' });
  });

  it('leaves out what is neither a file nor a folder', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    assert.deepEqual((await walked()).files, []);
  });

  it('counts a folder that cannot be read, and goes on', async () => {
    const memory = new MemoryFolder({ 'a/b': '', 'c/d': '' });
    memory.unreadable.add('a');
    const rules = new FolderRules({ isExcluded: () => false, usesIgnoreFiles: true });
    const { files, skipped } = await walk({ reader: memory, rules, isApart: () => false, signal: never });
    assert.deepEqual(files, ['c/d']);
    assert.deepEqual([...skipped], [['a', 'unreadable']]);
  });

  it('counts the folder itself if it is not there', async () => {
    rmSync(folder, { recursive: true });
    assert.deepEqual((await walked()).skipped, { '': 'unreadable' });
  });

  it('takes a folder that was deleted meanwhile for an empty one', async () => {
    const memory = new MemoryFolder({ 'a/b': '', c: '' });
    const list = memory.list.bind(memory);
    memory.list = (path) => {
      if (path === '') setImmediate(() => memory.files.delete('a/b'));
      return path === '' ? list(path) : new Promise((resolve) => setImmediate(() => resolve(list(path))));
    };
    const rules = new FolderRules({ isExcluded: () => false, usesIgnoreFiles: true });
    const { files, skipped } = await walk({ reader: memory, rules, isApart: () => false, signal: never });
    assert.deepEqual(files, ['c']);
    assert.equal(skipped.size, 0);
  });

  it('leaves out a folder that is open by itself', async () => {
    write({ 'a/b': '', 'c/d': '' });
    assert.deepEqual((await walked({ isApart: (path) => path === 'a' })).files, ['c/d']);
  });

  it('knows afterwards what a new file would be', async () => {
    write({ '.gitignore': 'out/\n*.log\n', 'a/.gitignore': '!b.log\n', 'a/c': '' });
    const { rules } = await walked({ exclude: { '**/node_modules': true } });
    const excluded = ['out/x', 'x.log', 'a/x.log', 'node_modules/x/y', 'a/node_modules/y'];
    const searched = ['a/b.log', 'x', 'out', 'new/x'];
    assert.deepEqual(
      excluded.filter((path) => !rules.excludes(path, false)),
      [],
    );
    assert.deepEqual(
      searched.filter((path) => rules.excludes(path, false)),
      [],
    );
  });

  it('ends when it is cancelled', async () => {
    write({ 'a/b/c': '' });
    const controller = new AbortController();
    const rules = new FolderRules({ isExcluded: () => false, usesIgnoreFiles: true });
    const walking = walk({
      reader: new DiskReader(folder),
      rules,
      isApart: () => false,
      signal: controller.signal,
    });
    controller.abort(new Error('enough'));
    await assert.rejects(walking, /enough/);
  });
});
