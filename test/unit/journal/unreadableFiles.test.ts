import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAbandonedRuns, findUnfinishedRuns } from '../../../src/journal/abandonedRuns';
import { FolderFiles, readLimitBytes } from '../../../src/journal/folderFiles';
import { encodeLine } from '../../../src/journal/journalFormat';
import { removeOldRuns } from '../../../src/journal/retention';
import { runFileName, type RunId } from '../../../src/journal/runFileName';
import { causeOf, RunHistory } from '../../../src/journal/runHistory';
import { unreadableCause } from '../../../src/journal/unreadableCause';
import { fileOf, finished, journalImage, planOfImages, requestOf, writer } from '../../support/runs';

const older: RunId = '20240101T120000000Z-0a1b2c3d';
const bad: RunId = '20240102T120000000Z-0a1b2c3d';
const newer: RunId = '20240103T120000000Z-0a1b2c3d';
const now = new Date('2026-06-01T12:00:00Z');
const plan = planOfImages([journalImage('one')]);
const liveness = { self: { ...writer, pid: 1, instance: 'self' }, now: () => now, isRunning: () => false };
const text = (value: string) => new TextEncoder().encode(value);
const laterFormat = text(`${JSON.stringify({ format: 2, plan: {} })}\n`);

/** What is in the place of the file between the two good ones, and why it cannot be read. */
type Member = readonly [what: string, put: (path: string) => void, cause: string];

const contents: readonly Member[] = [
  ['an empty file', (path) => writeFileSync(path, ''), 'empty'],
  ['a file of zeros', (path) => writeFileSync(path, new Uint8Array(4096)), 'damaged'],
  ['a plan that turns into zeros', (path) => writeFileSync(path, fileOf(plan).map(zeroFrom(30))), 'damaged'],
  ['one line that is no plan', (path) => writeFileSync(path, '{"format":1,"server":"moon"}\n'), 'damaged'],
  ['text of another program', (path) => writeFileSync(path, 'hello'), 'damaged'],
  ['a file of a later format, one line long', (path) => writeFileSync(path, laterFormat), 'laterFormat'],
  [
    'a file of a later format, without the end of its line',
    (path) => writeFileSync(path, laterFormat.slice(0, -1)),
    'laterFormat',
  ],
  [
    'a file of a later format, with more lines',
    (path) => writeFileSync(path, Buffer.concat([laterFormat, encodeLine(requestOf(1, 'one'))])),
    'laterFormat',
  ],
];
const entries: readonly Member[] = [
  ['a folder', (path) => mkdirSync(path), 'notAFile'],
  [
    'a file larger than any run',
    (path) => {
      writeFileSync(path, '');
      truncateSync(path, readLimitBytes + 1);
    },
    'tooLarge',
  ],
  ...(process.platform === 'win32'
    ? [] // Windows asks for a right to make links
    : ([
        ['a link to itself', (path) => symlinkSync(path, path), 'brokenLink'],
        ['a link to nothing', (path) => symlinkSync(`${path}.gone`, path), 'brokenLink'],
      ] satisfies Member[])),
];
const codes = [
  ['EACCES', 'noPermission'],
  ['EPERM', 'noPermission'],
  ['EISDIR', 'notAFile'],
  ['EIO', 'diskError'],
  ['EBUSY', 'inUse'],
  ['ELOOP', 'brokenLink'],
  ['EFBIG', 'tooLarge'],
  ['EMFILE', 'unknown'],
] as const;
const failures = codes.map(([code, cause]): Member => [
  `a file that cannot be read: ${code}`,
  (path) => writeFileSync(path, code),
  cause,
]);

/** Fails to read a file with the code that is in it. */
class FailingFiles extends FolderFiles {
  override async read(name: string, lastBytes?: number): Promise<Uint8Array> {
    const bytes = await super.read(name, lastBytes);
    const content = bytes.length < 10 ? new TextDecoder().decode(bytes) : '';
    if (/^E[A-Z]{2,}$/.test(content)) {
      throw Object.assign(new Error(`${content}: /home/ada/${name}`), { code: content });
    }
    return bytes;
  }
}

describe('a file of the journal that cannot be read', () => {
  let folder: string;
  let files: FailingFiles;
  const pathOf = (id: RunId) => join(folder, runFileName(id));
  const notRemoved: string[] = [];
  const prune = (maxBytes = Infinity, keepDays = 1) =>
    removeOldRuns(files, { keepDays, maxBytes }, now, (name) => notRemoved.push(name));
  const found = async () => {
    const history = new RunHistory(files);
    const all: (readonly [string, string | undefined])[] = [];
    for await (const entry of history.runs()) {
      all.push([entry.id, causeOf(entry)]);
    }
    return all;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hub-images-unreadable-'));
    files = new FailingFiles(folder);
    notRemoved.length = 0;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const open = fileOf(plan, [requestOf(1, 'one')]);
  const over = fileOf(plan, [requestOf(1, 'one'), finished]);

  for (const [what, put, cause] of [...contents, ...entries, ...failures]) {
    describe(`because it is ${what}`, () => {
      const putAll = (good: Uint8Array) => {
        writeFileSync(pathOf(older), good);
        writeFileSync(pathOf(newer), good);
        put(pathOf(bad));
      };

      it('is listed as unreadable between the others', async () => {
        putAll(over);
        assert.deepEqual(await found(), [
          [newer, undefined],
          [bad, cause],
          [older, undefined],
        ]);
      });

      it('keeps no other from being recovered, and is reported', async () => {
        putAll(open);
        const abandoned = await findAbandonedRuns(new RunHistory(files), liveness);
        assert.deepEqual(
          abandoned.runs.map(({ id }) => id),
          [newer, older],
        );
        assert.deepEqual(abandoned.unreadable, [{ id: bad, unreadable: cause }]);
      });

      it('keeps no other from being removed for its age', async () => {
        putAll(over);
        const removed = await prune();
        assert.deepEqual(
          removed.filter((name) => name !== runFileName(bad)),
          [older, newer].map(runFileName),
        );
        // nothing was ever written to an empty one, so nothing of it was sent
        assert.deepEqual(readdirSync(folder), cause === 'empty' ? [] : [runFileName(bad)]);
        assert.deepEqual(notRemoved, []);
      });

      it('does not push others out by its size', async () => {
        putAll(over);
        assert.deepEqual(await prune(2 * over.length, 100_000), []);
        assert.equal(readdirSync(folder).length, 3);
      });

      it('keeps its lock, and locks of runs that are over are removed', async () => {
        putAll(over);
        const lockOf = (id: RunId) => `${id}.settling-1`;
        [older, bad].forEach((id) => {
          writeFileSync(join(folder, lockOf(id)), '{}');
        });
        mkdirSync(join(folder, lockOf(newer))); // not a lock of anybody
        assert.deepEqual(await prune(Infinity, 100_000), [lockOf(older)]);
        assert.ok(readdirSync(folder).includes(lockOf(bad)));
        assert.deepEqual(notRemoved, []);
      });
    });
  }

  it('is readable as far as a torn last line lets it', async () => {
    writeFileSync(pathOf(bad), open.slice(0, -5));
    writeFileSync(pathOf(older), fileOf(plan).slice(0, 40));
    assert.deepEqual(await found(), [
      [bad, undefined],
      [older, undefined],
    ]);
    const { runs, unreadable } = await findUnfinishedRuns(new RunHistory(files));
    assert.deepEqual([runs.map(({ id }) => id), unreadable], [[bad], []]);
  });

  it('is left out where it disappears between listing and reading', async () => {
    writeFileSync(pathOf(bad), open);
    writeFileSync(pathOf(older), open);
    const read = files.read.bind(files);
    files.read = (name, lastBytes) => {
      if (name === runFileName(bad)) {
        rmSync(pathOf(bad), { force: true });
      }
      return read(name, lastBytes);
    };
    assert.deepEqual(await found(), [[older, undefined]]);
    writeFileSync(pathOf(bad), open);
    const { runs, unreadable } = await findUnfinishedRuns(new RunHistory(files));
    assert.deepEqual([runs.map(({ id }) => id), unreadable], [[older], []]);
  });

  it('stops no removal where it disappears between listing and reading', async () => {
    [older, newer].forEach((id) => {
      writeFileSync(pathOf(id), over);
    });
    const read = files.read.bind(files);
    files.read = (name, lastBytes) => {
      rmSync(pathOf(older), { force: true });
      return read(name, lastBytes);
    };
    assert.deepEqual(await prune(), [runFileName(newer)]);
  });

  it('counts by its size where it is open, and the oldest that is over makes room for it', async () => {
    writeFileSync(pathOf(older), over);
    writeFileSync(pathOf(newer), open);
    assert.deepEqual(await prune(over.length, 100_000), [runFileName(older)]);
  });

  it('is none of a run where its name has a time that does not exist', async () => {
    writeFileSync(join(folder, '20241399T120000000Z-0a1b2c3d.jsonl'), over);
    assert.deepEqual(await found(), []);
    assert.deepEqual(await prune(0), []);
  });

  it('keeps no other from being removed where it cannot be removed itself', async () => {
    writeFileSync(pathOf(older), over);
    writeFileSync(pathOf(newer), over);
    const remove = files.remove.bind(files);
    files.remove = (name) =>
      name === runFileName(older)
        ? Promise.reject(Object.assign(new Error('kept'), { code: 'EBUSY' }))
        : remove(name);
    assert.deepEqual(await prune(), [runFileName(newer)]);
    assert.deepEqual(notRemoved, [runFileName(older)]);
  });

  it('is kept where a later version wrote it, though its last line says that it is over', async () => {
    writeFileSync(pathOf(bad), Buffer.concat([laterFormat, encodeLine(finished)]));
    assert.deepEqual(await prune(0), []);
    assert.deepEqual(readdirSync(folder), [runFileName(bad)]);
  });

  it('is kept where only its last line can be read, though that says that it is over', async () => {
    for (const id of [older, bad, newer]) {
      writeFileSync(pathOf(id), over);
    }
    const read = files.read.bind(files);
    files.read = (name, lastBytes) =>
      name === runFileName(bad) && lastBytes === undefined
        ? Promise.reject(Object.assign(new Error('no'), { code: 'EIO' }))
        : read(name, lastBytes);
    assert.deepEqual(await prune(2 * over.length, 100_000), []);
    assert.deepEqual(await prune(), [older, newer].map(runFileName));
    assert.deepEqual(readdirSync(folder), [runFileName(bad)]);
  });

  it('has a cause that names no path', () => {
    for (const [code, cause] of codes) {
      assert.equal(unreadableCause(code), cause);
    }
    assert.equal(unreadableCause(undefined), 'unknown');
  });
});

function zeroFrom(start: number) {
  return (byte: number, index: number) => (index < start ? byte : 0);
}
