import assert from 'node:assert/strict';
import type { FoundReferences } from '../../../../src/hub/codeReferences';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { excludedPaths } from '../../../../src/references/find/excludedPaths';
import type { CodeFolder, OpenText, UnloadedFile } from '../../../../src/references/index/openCode';
import { ReferenceIndex } from '../../../../src/references/index/referenceIndex';
import type { Resolve } from '../../../../src/references/index/textResolver';
import { resolveReferences } from '../../../../src/references/resolve/resolveReferences';
import { MemoryFolder } from '../../../support/references/memoryFolder';
import { until } from '../../../support/until';

const web = parseRepositoryRef('acme/web');
const api = parseRepositoryRef('other/api');
const digest = '0123456789abcdef'.repeat(4);
const never = new AbortController().signal;

function codeFolder(key: string, reader: MemoryFolder, exclude: object = {}): CodeFolder {
  return {
    key,
    name: key,
    reader,
    rules: { isExcluded: excludedPaths(exclude), usesIgnoreFiles: true },
    isApart: () => false,
    fileOf: (path) => ({ uri: `${key}:${path}`, path: `${key}/${path}` }),
  };
}

interface TextOptions {
  readonly version?: number;
  readonly folder?: string;
  readonly siblings?: Readonly<Record<string, string>>;
}

function openText(
  path: string,
  text: string,
  { version = 1, folder, siblings = {} }: TextOptions = {},
): OpenText {
  return {
    file: { uri: `${folder ?? 'untitled'}:${path}`, path: folder === undefined ? path : `${folder}/${path}` },
    folder,
    path,
    version,
    read: () => text,
    readSibling: (name) => Promise.resolve(siblings[name]),
  };
}

/** An index of a folder `a` and of texts, which a test may change. */
class World {
  readonly files: MemoryFolder;
  folders: readonly CodeFolder[];
  texts: OpenText[] = [];
  unloaded: UnloadedFile[] = [];
  readonly errors: string[] = [];
  readonly index: ReferenceIndex;

  constructor(files: Readonly<Record<string, string>>, resolve: Resolve = resolveReferences) {
    this.files = new MemoryFolder(files);
    this.folders = [codeFolder('a', this.files)];
    this.index = new ReferenceIndex(
      { folders: () => this.folders, texts: () => this.texts, unloaded: () => this.unloaded },
      { resolve, onError: (path) => void this.errors.push(path) },
    );
  }

  search(repositories = [web], signal = never): Promise<FoundReferences> {
    return this.index.search(repositories, signal);
  }

  /** Where references to the repositories and digests are, as `file:line`. */
  async found(repositories = [web]): Promise<readonly string[]> {
    return placesOf(await this.search(repositories));
  }

  /** Paths that were opened since the last call, without those of ignore files. */
  takeOpened(): readonly string[] {
    return this.files.opened.splice(0).sort();
  }
}

function placesOf({ named, bare }: FoundReferences): readonly string[] {
  return [...named.values(), ...bare.values()].flat().map(({ file, line }) => `${file.path}:${line}`);
}

describe('ReferenceIndex', () => {
  it('finds names and digests, in the order of file and line', async () => {
    const world = new World({
      'b.yaml': 'image: acme/web:2\nother: acme/web:1\n',
      'B.yaml': 'image: acme/web:1\n',
      'a/c.yaml': 'image: docker.io/acme/web:1\n',
      'lock.txt': `${digest}\n`,
      'none.txt': 'nothing\n',
      'elsewhere.yaml': 'image: ghcr.io/acme/web:1\n',
    });
    const { named, bare, report } = await world.search();
    assert.deepEqual(placesOf({ named, bare: new Map(), report }), [
      'a/B.yaml:1',
      'a/a/c.yaml:1',
      'a/b.yaml:1',
      'a/b.yaml:2',
    ]);
    assert.deepEqual([...named.keys()], ['acme/web']);
    assert.deepEqual([...bare.keys()], [`sha256:${digest}`]);
    assert.deepEqual(report, {
      folders: ['a'],
      files: 6,
      skipped: { tooLarge: 0, binary: 0, unreadable: 0, linked: 0 },
    });
  });

  it('returns only what was asked for', async () => {
    const world = new World({ 'a.yaml': 'a: acme/web:1\nb: acme/db:1\n' });
    assert.deepEqual([...(await world.search()).named.keys()], ['acme/web']);
    assert.deepEqual([...(await world.search([])).named.keys()], []);
  });

  it('counts what it leaves out, by reason', async () => {
    const world = new World({
      'a.bin': '\0',
      'b.txt': '',
      'c.txt': '',
      'd.txt': ' '.repeat(8_000_001),
      'e/f.txt': '',
    });
    world.files.links.add('link');
    world.files.unreadable.add('c.txt').add('e');
    const { report } = await world.search();
    assert.equal(report.files, 1);
    assert.deepEqual(report.skipped, { tooLarge: 1, binary: 1, unreadable: 2, linked: 1 });
  });

  it('counts a text that cannot be evaluated as unreadable', async () => {
    const world = new World({ 'a.yaml': 'a: acme/web:1\n' }, () => Promise.reject(new Error('a defect')));
    const { report } = await world.search();
    assert.deepEqual([report.files, report.skipped.unreadable], [0, 1]);
    assert.deepEqual(world.errors, ['a/a.yaml']);
  });

  it('reads nothing again while nothing changes', async () => {
    const world = new World({ 'a.yaml': 'image: acme/web:1\n', 'b.txt': '' });
    await world.found();
    world.takeOpened();
    assert.deepEqual(await world.found(), ['a/a.yaml:1']);
    assert.deepEqual(world.takeOpened(), []);
  });

  it('reads everything again in a thorough search, whether or not changes were reported', async () => {
    const world = new World({
      'a.yaml': '',
      'b/c.yaml': '',
      '.gitignore': 'd.yaml\n',
      'd.yaml': 'acme/web:1',
    });
    await world.found();
    world.files.write('b/c.yaml', 'image: acme/web:1\n');
    world.files.write('.gitignore', '');
    assert.deepEqual(await world.found(), []);
    const found = await world.index.search([web], never, { isThorough: true });
    assert.deepEqual(placesOf(found), ['a/b/c.yaml:1', 'a/d.yaml:1']);
  });

  it('does not take what others are reading for thorough', async () => {
    const world = new World({ 'a.yaml': '', 'b.yaml': '' });
    let thorough: Promise<FoundReferences> | undefined;
    world.files.beforeOpen = (path) => {
      if (path !== 'b.yaml' || thorough !== undefined) return;
      world.files.write('a.yaml', 'image: acme/web:1\n');
      thorough = world.index.search([web], never, { isThorough: true });
    };
    await world.found();
    assert.deepEqual(placesOf((await thorough) ?? assert.fail()), ['a/a.yaml:1']);
  });

  it('reads everything again for another namespace, and keeps both', async () => {
    const world = new World({ 'a.yaml': 'a: acme/web:1\nb: other/api:1\n' });
    assert.deepEqual(await world.found([web]), ['a/a.yaml:1']);
    assert.deepEqual(await world.found([api]), ['a/a.yaml:2']);
    world.takeOpened();
    assert.deepEqual(await world.found([web, api]), ['a/a.yaml:1', 'a/a.yaml:2']);
    assert.deepEqual(world.takeOpened(), []);
  });

  it('reads the files that have changed, and no others', async () => {
    const world = new World({
      'a.yaml': 'image: acme/web:1\n',
      'b.yaml': '',
      'c.yaml': 'image: acme/web:1\n',
    });
    await world.found();
    world.takeOpened();
    world.files.write('b.yaml', '\nimage: acme/web:1\n');
    world.files.files.delete('c.yaml');
    world.files.write('new/d.yaml', 'image: acme/web:1\n');
    for (const path of ['b.yaml', 'c.yaml', 'new/d.yaml'])
      assert.equal(world.index.hasChanged('a', path), true);
    const { named, bare, report } = await world.search();
    assert.deepEqual(placesOf({ named, bare, report }), ['a/a.yaml:1', 'a/b.yaml:2', 'a/new/d.yaml:1']);
    assert.equal(report.files, 3);
    assert.deepEqual(world.takeOpened(), ['b.yaml', 'new/d.yaml']);
  });

  it('follows folders that are renamed, with all that is in them', async () => {
    const world = new World({
      'old/a.yaml': 'image: acme/web:1\n',
      'old/b/c.yaml': 'image: acme/web:1\n',
      'older.yaml': 'image: acme/web:1\n',
    });
    await world.found();
    for (const [path, bytes] of [...world.files.files]) {
      if (!path.startsWith('old/')) continue;
      world.files.files.delete(path);
      world.files.files.set(path.replace('old/', 'new/'), bytes);
    }
    world.index.hasChanged('a', 'old');
    world.index.hasChanged('a', 'new');
    assert.deepEqual(await world.found(), ['a/new/a.yaml:1', 'a/new/b/c.yaml:1', 'a/older.yaml:1']);
  });

  it('does not read what is excluded, and says that it does not matter', async () => {
    const world = new World({ 'a.yaml': '', '.gitignore': '*.log\n' });
    world.folders = [codeFolder('a', world.files, { '**/node_modules': true })];
    await world.found();
    world.takeOpened();
    for (const path of ['x.log', 'node_modules/b/c.yaml', 'node_modules/.gitignore']) {
      world.files.write(path, 'image: acme/web:1\n');
      assert.equal(world.index.hasChanged('a', path), false, path);
      assert.equal(world.index.isSearched('a', path), false, path);
    }
    assert.equal(world.index.isSearched('a', 'a.yaml'), true);
    assert.deepEqual(await world.found(), []);
    assert.deepEqual(world.takeOpened(), []);
  });

  it('reads everything again when an ignore file has changed', async () => {
    const world = new World({ 'a/b.yaml': 'image: acme/web:1\n' });
    assert.deepEqual(await world.found(), ['a/a/b.yaml:1']);
    world.files.write('a/.gitignore', 'b.yaml\n');
    assert.equal(world.index.hasChanged('a', 'a/.gitignore'), true);
    assert.deepEqual(await world.found(), []);
    world.files.files.delete('a/.gitignore');
    world.index.hasChanged('a', 'a/.gitignore');
    assert.deepEqual(await world.found(), ['a/a/b.yaml:1']);
  });

  it('does not follow a link for a file that has changed', async () => {
    const world = new World({ 'real/a.yaml': '' });
    world.files.links.add('link');
    await world.found();
    world.files.write('link/a.yaml', 'image: acme/web:1\n');
    world.index.hasChanged('a', 'link/a.yaml');
    assert.deepEqual(await world.found(), []);
  });

  it('reads a Compose file again when its variables have changed', async () => {
    const world = new World({
      'app/compose.yaml': 'services:\n  web:\n    image: ${IMAGE}\n',
      'app/.env': 'IMAGE=other/web:1\n',
      '.gitignore': '.env\n',
    });
    assert.deepEqual(await world.found(), []);
    world.files.write('app/.env', 'IMAGE=acme/web:1\n');
    assert.equal(world.index.hasChanged('a', 'app/.env'), true, 'though it is ignored');
    assert.deepEqual(await world.found(), ['a/app/compose.yaml:3']);
    world.texts = [openText('app/.env', 'IMAGE=other/web:1\n', { folder: 'a' })];
    world.index.hasChanged('a', 'app/.env');
    assert.deepEqual(await world.found(), [], 'the unsaved text counts');
  });

  describe('with open editors', () => {
    it('takes their text instead of the file', async () => {
      const world = new World({ 'a.yaml': 'image: acme/web:1\n', 'b.yaml': 'image: acme/web:1\n' });
      world.texts = [openText('a.yaml', '\n\nimage: acme/web:2\n', { folder: 'a' })];
      const { named, bare, report } = await world.search();
      assert.deepEqual(placesOf({ named, bare, report }), ['a/a.yaml:3', 'a/b.yaml:1']);
      assert.equal(report.files, 2);
      world.texts = [openText('a.yaml', '', { folder: 'a', version: 2 })];
      assert.deepEqual(await world.found(), ['a/b.yaml:1']);
      world.texts = [];
      assert.deepEqual(await world.found(), ['a/a.yaml:1', 'a/b.yaml:1']);
    });

    it('searches them also if their files are excluded, or in no folder', async () => {
      const world = new World({ '.gitignore': '*.lock\n', 'b.lock': `${digest}\n` });
      world.texts = [
        openText('b.lock', `${digest}\n`, { folder: 'a' }),
        openText('Untitled-1', 'docker pull acme/web:1\n'),
        openText('/elsewhere/c.yaml', 'image: acme/web:1\n'),
      ];
      const { named, bare, report } = await world.search();
      assert.deepEqual(placesOf({ named, bare, report }), [
        '/elsewhere/c.yaml:1',
        'Untitled-1:1',
        'a/b.lock:1',
      ]);
      assert.equal(report.files, 4);
    });

    it('searches nothing else if no folder is open', async () => {
      const world = new World({ 'a.yaml': 'image: acme/web:1\n' });
      world.folders = [];
      world.texts = [openText('Untitled-1', 'image: acme/web:1\n'), openText('Untitled-2', '')];
      const { named, bare, report } = await world.search();
      assert.deepEqual(placesOf({ named, bare, report }), ['Untitled-1:1']);
      assert.deepEqual([report.folders, report.files], [[], 2]);
    });

    it('evaluates only texts with another version again', async () => {
      const evaluated: string[] = [];
      const world = new World({}, (source, interest) => {
        evaluated.push(source.path);
        return resolveReferences(source, interest);
      });
      world.texts = [openText('one', 'acme/web:1'), openText('two', 'acme/web:1')];
      await world.found();
      world.texts = [openText('one', 'acme/web:1', { version: 2 }), openText('two', 'acme/web:1')];
      await world.found();
      assert.deepEqual(evaluated, ['one', 'two', 'one']);
    });

    it('evaluates a Compose file with variables every time', async () => {
      const world = new World({});
      const text = 'services:\n  web:\n    image: ${IMAGE}\n';
      world.texts = [openText('compose.yaml', text, { siblings: { '.env': 'IMAGE=other/web:1' } })];
      assert.deepEqual(await world.found(), []);
      world.texts = [openText('compose.yaml', text, { siblings: { '.env': 'IMAGE=acme/web:1' } })];
      assert.deepEqual(await world.found(), ['compose.yaml:3']);
    });

    it('leaves out a text that is too large', async () => {
      const world = new World({});
      world.texts = [openText('log', ' '.repeat(8_000_001))];
      assert.equal((await world.search()).report.skipped.tooLarge, 1);
    });
  });

  describe('with tabs that were not shown yet', () => {
    function unloaded(path: string, reader: MemoryFolder, folder?: string): UnloadedFile {
      return { ...openText(path, '', folder === undefined ? {} : { folder }), reader, name: path };
    }

    it('reads their files if they are excluded, or in no folder', async () => {
      const world = new World({ '.gitignore': '*.lock\n', 'b.lock': `${digest}\n`, 'c.yaml': 'acme/web:1' });
      const elsewhere = new MemoryFolder({ 'd.yaml': 'image: acme/web:1\n', 'e.bin': '\0' });
      world.unloaded = [
        unloaded('b.lock', world.files, 'a'),
        unloaded('c.yaml', world.files, 'a'),
        ...['d.yaml', 'e.bin', 'gone'].map((path) => unloaded(path, elsewhere)),
      ];
      const { named, bare, report } = await world.search();
      assert.deepEqual(placesOf({ named, bare, report }), ['a/c.yaml:1', 'd.yaml:1', 'a/b.lock:1']);
      assert.deepEqual([report.files, report.skipped.binary], [4, 1]);
      const opened = world.takeOpened().filter((path) => path !== '.gitignore');
      assert.deepEqual(opened, ['b.lock', 'c.yaml'], 'each once');
    });

    it('reads them every time, because their changes are not reported', async () => {
      const world = new World({});
      const elsewhere = new MemoryFolder({ 'd.yaml': '' });
      world.unloaded = [unloaded('d.yaml', elsewhere)];
      assert.deepEqual(await world.found(), []);
      elsewhere.write('d.yaml', 'image: acme/web:1\n');
      assert.deepEqual(await world.found(), ['d.yaml:1']);
    });

    it('takes their text instead once it is loaded, and forgets them once they are closed', async () => {
      const world = new World({});
      const elsewhere = new MemoryFolder({ 'd.yaml': 'image: acme/web:1\n' });
      world.unloaded = [unloaded('d.yaml', elsewhere)];
      assert.deepEqual(await world.found(), ['d.yaml:1']);
      world.unloaded = [];
      world.texts = [openText('d.yaml', '\nimage: acme/web:1\n')];
      assert.deepEqual(await world.found(), ['d.yaml:2']);
      world.texts = [];
      assert.deepEqual(await world.found(), []);
    });
  });

  describe('with several folders', () => {
    it('names the folders, and lists what is in them in their order', async () => {
      const world = new World({ 'a.yaml': 'image: acme/web:1\n' });
      const other = new MemoryFolder({ 'a.yaml': 'image: acme/web:1\n' });
      world.folders = [codeFolder('z', other), codeFolder('a', world.files)];
      const { named, bare, report } = await world.search();
      assert.deepEqual(placesOf({ named, bare, report }), ['z/a.yaml:1', 'a/a.yaml:1']);
      assert.deepEqual(report.folders, ['z', 'a']);
    });

    it('searches other folders once they are open', async () => {
      const world = new World({ 'a.yaml': 'image: acme/web:1\n' });
      await world.found();
      world.folders = [codeFolder('b', new MemoryFolder({ 'c.yaml': 'image: acme/web:1\n' }))];
      world.index.hasChangedAltogether();
      assert.deepEqual(await world.found(), ['b/c.yaml:1']);
    });
  });

  describe('with several searches at a time', () => {
    it('reads every file once for all of them', async () => {
      const world = new World({ 'a.yaml': 'a: acme/web:1\nb: other/api:1\n', 'b.yaml': '' });
      const [first, second] = await Promise.all([world.found([web]), world.found([api])]);
      assert.deepEqual([first, second], [['a/a.yaml:1'], ['a/a.yaml:2']]);
      assert.deepEqual(world.takeOpened(), ['a.yaml', 'b.yaml']);
    });

    it('answers one that begins while others are under way', async () => {
      const world = new World({ 'a.yaml': 'a: acme/web:1\nb: other/api:1\n' });
      let second: Promise<readonly string[]> | undefined;
      world.files.beforeOpen = () => {
        second ??= world.found([api]);
      };
      assert.deepEqual(await world.found([web]), ['a/a.yaml:1']);
      assert.deepEqual(await second, ['a/a.yaml:2']);
    });

    it('goes on while another one waits, and ends when none does', async () => {
      const world = new World({ 'a.yaml': 'image: acme/web:1\n', 'b.yaml': '' });
      let goOn: () => void = () => {};
      const held = new Promise<void>((resolve) => (goOn = resolve));
      world.files.beforeOpen = () => held;
      const controllers = [new AbortController(), new AbortController()] as const;
      const searches = controllers.map(({ signal }) => world.search([web], signal));
      await until(() => world.files.opened.length > 0);
      controllers[0].abort(new Error('enough'));
      await assert.rejects(searches[0] ?? Promise.resolve(), /enough/);
      goOn();
      assert.deepEqual(placesOf((await searches[1]) ?? assert.fail()), ['a/a.yaml:1']);
    });
  });

  describe('when it is cancelled', () => {
    it('answers at once, though a file is being read, and finds everything the next time', async () => {
      const world = new World({ 'a.yaml': 'image: acme/web:1\n', 'b.yaml': 'image: acme/web:1\n' });
      world.files.beforeOpen = () => new Promise(() => {}); // a disk that does not answer
      const controller = new AbortController();
      const searching = world.search([web], controller.signal);
      await until(() => world.files.opened.length > 0);
      controller.abort(new Error('enough'));
      await assert.rejects(searching, /enough/);
      world.files.beforeOpen = () => {};
      assert.deepEqual(await world.found(), ['a/a.yaml:1', 'a/b.yaml:1']);
    });

    it('still reads the changes that it was about to read', async () => {
      const world = new World({ 'a.yaml': '' });
      await world.found();
      world.files.write('a.yaml', 'image: acme/web:1\n');
      world.index.hasChanged('a', 'a.yaml');
      world.takeOpened();
      world.files.beforeOpen = () => new Promise(() => {});
      const controller = new AbortController();
      const searching = world.search([web], controller.signal);
      await until(() => world.files.opened.length > 0);
      controller.abort(new Error('enough'));
      await assert.rejects(searching, /enough/);
      world.files.beforeOpen = () => {};
      assert.deepEqual(await world.found(), ['a/a.yaml:1']);
    });

    it('does not begin if it was cancelled before', async () => {
      const world = new World({ 'a.yaml': '' });
      await assert.rejects(world.search([web], AbortSignal.abort(new Error('enough'))), /enough/);
      assert.deepEqual(world.takeOpened(), []);
    });

    it('stops reading', async () => {
      const world = new World(
        Object.fromEntries(Array.from({ length: 100 }, (_, number) => [`${number}.txt`, ''])),
      );
      const controller = new AbortController();
      world.files.beforeOpen = async () => {
        await new Promise(setImmediate);
        controller.abort(new Error('enough'));
      };
      await assert.rejects(world.search([web], controller.signal), /enough/);
      await new Promise(setImmediate);
      assert.ok(world.files.opened.length <= 16, String(world.files.opened.length));
    });
  });

  for (const [what, tell] of [
    ['an ignore file', ({ index }: World) => index.hasChanged('a', '.gitignore')],
    ['too much', ({ index }: World) => index.hasChangedAltogether()],
  ] as const) {
    it(`includes what changed before a search, though ${what} changes before it is read`, async () => {
      const world = new World({ 'a.yaml': '', 'b.yaml': '', 'c.yaml': '' });
      await world.found();
      let second: Promise<readonly string[]> | undefined;
      world.files.beforeOpen = (path) => {
        if (path !== 'b.yaml' || second !== undefined) return;
        world.files.write('c.yaml', 'image: acme/web:1\n');
        world.index.hasChanged('a', 'c.yaml');
        second = world.found();
        tell(world);
      };
      world.index.hasChanged('a', 'b.yaml');
      await world.found();
      assert.deepEqual(await second, ['a/c.yaml:1']);
    });
  }

  it('includes what changes while it reads in the next search', async () => {
    const world = new World({ 'a.yaml': '', 'b.yaml': '' });
    const { beforeOpen } = world.files;
    world.files.beforeOpen = (path) => {
      if (path !== 'b.yaml') return;
      world.files.beforeOpen = beforeOpen;
      world.files.write('a.yaml', 'image: acme/web:1\n');
      world.index.hasChanged('a', 'a.yaml');
    };
    await world.found();
    assert.deepEqual(await world.found(), ['a/a.yaml:1']);
  });
});
