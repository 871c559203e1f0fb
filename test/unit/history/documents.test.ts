import assert from 'node:assert/strict';
import { historyCsv } from '../../../src/history/documents/historyCsv';
import { historyJson } from '../../../src/history/documents/historyJson';
import { historyMarkdown } from '../../../src/history/documents/historyMarkdown';
import { historyText } from '../../../src/history/documents/historyText';
import { checkText } from '../../../src/history/texts/runs';
import type { DeletionWarning } from '../../../src/hub/findings';
import { parseRepositoryName } from '../../../src/hub/names';
import { runFileName } from '../../../src/journal/runFileName';
import type { HistoryEntry } from '../../../src/journal/runHistory';
import type { UnreadableCause } from '../../../src/journal/unreadableCause';
import { setLanguage } from '../../../src/texts/language';
import { digestOf } from '../../support/images';
import {
  completedAnswer,
  concat,
  fileOf,
  finished,
  journalImage,
  refusedAnswer,
  keyOf,
  outcomesOf,
  planOfImages,
  recorded,
  requestOf,
  runId,
} from '../../support/runs';

const now = new Date('2026-06-02T08:00:00Z');
const repository = parseRepositoryName('api');

function warningOf(seed: string, ...tags: readonly string[]): DeletionWarning {
  return { repository, digest: digestOf(seed), warning: 'current_tag', tags };
}

const collateral = {
  key: keyOf('fallen'),
  formerTags: ['latest'],
  lastPushed: null,
  lastPulled: '2026-05-30T00:00:00.000Z',
  status: 'active',
} as const;

const plan = planOfImages(
  [
    journalImage('one', {
      currentTags: ['latest', '1.4.2'],
      historicalTags: ['edge'],
      acceptedWarnings: [warningOf('one', 'latest', '1.4.2')],
      acceptedCollateral: [collateral],
      acceptedUses: [
        { path: 'deploy/prod.yaml', line: 14, text: 'acme/api:latest' },
        { path: 'images.lock', line: 3, text: digestOf('fallen'), deletedAlong: keyOf('fallen') },
      ],
    }),
    journalImage('two', { acceptedCollateral: null }),
  ],
  { search: { kind: 'searched', folders: ['deploy'], files: 1204, skippedFiles: 1 } },
);
const whole = fileOf(plan, [
  requestOf(1, 'two'),
  completedAnswer(1, 1),
  requestOf(2, 'one'),
  {
    ...outcomesOf({ two: 'deleted', one: 'unconfirmed' }),
    collateral: [{ key: keyOf('fallen'), outcome: 'gone' }],
  },
]);

/** Tags as a hostile registry may write them. */
const hostileTags = [
  '<img src=x onerror=alert(1)>',
  '[click](command:workbench.action.quit)',
  'https://evil.example/?t=1',
  'www.evil.example',
  '![x](https://evil.example/x.png)',
  '``` `code` ```',
  '# heading',
  'a\r\n- Outcome: deleted',
  'a\u2028b',
  '\u202egnp.exe',
  'zero\u200bwidth',
  '\u001b[31mred\u001b[0m',
  'blank\u00a0blank',
  '=cmd|" /C calc"!A0',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1',
  ' =1',
  'quote"comma,',
  'half\ud800',
  '| a | b |',
  '&lt;b&gt;',
];
const hostile = hostileTags.map((tag) =>
  recorded(
    fileOf(
      planOfImages(
        [
          journalImage('one', {
            currentTags: [tag],
            historicalTags: [tag],
            acceptedWarnings: [warningOf('one', tag)],
            acceptedCollateral: [{ ...collateral, formerTags: [tag] }],
          }),
        ],
        { username: tag, origin: tag },
      ),
      [requestOf(1, 'one'), refusedAnswer(1, { cause: 'tagKept', tag, removedTags: [tag] })],
    ),
  ),
);

/** What no document may hold: it moves, hides or breaks text. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]|(?! )\p{Zs}/u;

async function* each(...runs: readonly HistoryEntry[]): AsyncGenerator<HistoryEntry, void, void> {
  await Promise.resolve();
  yield* runs;
}

function textOf(...runs: readonly HistoryEntry[]): Promise<string> {
  return historyText(each(...runs), { folder: '/storage/deletions', now });
}

/** Reads CSV as RFC 4180 says. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  while (cells.lastIndex < text.length) {
    const found = cells.exec(text);
    assert.ok(found, 'not RFC 4180');
    const [, cell = '', end] = found;
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe('history as text', () => {
  it('names an image that was kept and the tags it has lost', async () => {
    const answer = refusedAnswer(1, { cause: 'tagKept', tag: '1.4.2', removedTags: ['latest', 'edge'] });
    const text = await textOf(recorded(fileOf(plan, [requestOf(1, 'one'), answer])));
    const retained = `${keyOf('one')} not deleted: the server refuses to delete its tag 1.4.2, which may be immutable; tags deleted: edge, latest`;
    assert.ok(text.includes(retained), text);
  });

  it('tells who, where, when, what was accepted, what was sent and what became of each image', async () => {
    const text = await textOf(recorded(whole));
    for (const part of [
      '(2026-06-01 12:00:00 UTC)',
      'https://hub.example',
      'User          ada',
      'acme/api',
      'Images        2',
      'Result        1 of 2 images was deleted. 1 other image was also deleted. It is not known whether 1 image was deleted.',
      keyOf('one'),
      'Outcome           unknown',
      'Tags              1.4.2, latest',
      'Former tags       edge',
      'Accepted          the image has current tags: 1.4.2, latest',
      `Approved with it  ${keyOf('fallen')}: deleted · former tags latest · active · last pushed`,
      'Approved with it  not known at the time of approval',
      'References    searched 1,204 files in deploy and in open editors; 1 file not searched',
      'Used in           deploy/prod.yaml:14 (acme/api:latest)',
      `Used in           images.lock:3 (${digestOf('fallen')}), which uses ${keyOf('fallen')}`,
      '1  Jun 1, 2026',
      'completed; images deleted: 1; tags deleted: 0',
      'no response is recorded',
      'not finished, the outcome of 1 image is unknown',
    ]) {
      assert.ok(text.includes(part), `${part} in\n${text}`);
    }
  });

  it('says of a damaged run, of one without a plan and of one that ended early what they are', async () => {
    const damaged = concat([fileOf(plan), new TextEncoder().encode('?\n'), whole.slice(fileOf(plan).length)]);
    assert.match(
      await textOf(recorded(damaged)),
      /not finished, .*; the record is damaged, 1 line cannot be read/,
    );
    assert.match(
      await textOf(recorded(whole.slice(0, 30))),
      /plan was not written completely, so no request was sent/,
    );
    const gone = fileOf(plan, [{ ...finished, reason: 'sandboxGone' }], { server: 'sandbox' });
    assert.match(await textOf(recorded(gone)), /sandbox and its images no longer exist[\s\S]*\(sandbox\)/);
  });

  it('says that there is nothing, and how many runs it leaves out', async () => {
    assert.match(await textOf(), /Nothing has been deleted yet/);
    const runs = each(recorded(whole), recorded(whole), recorded(whole));
    assert.match(
      await historyText(runs, { folder: '/', now, limit: 100 }),
      /\n2 older deletions are not shown/,
    );
  });

  it('shows hostile text as inert text on its own line', async () => {
    const harmless = (
      await textOf(
        recorded(
          fileOf(
            planOfImages([
              journalImage('one', {
                currentTags: ['a'],
                historicalTags: ['a'],
                acceptedWarnings: [warningOf('one', 'a')],
                acceptedCollateral: [collateral],
              }),
            ]),
            [requestOf(1, 'one'), refusedAnswer(1, { cause: 'tagKept', tag: 'a', removedTags: ['a'] })],
          ),
        ),
      )
    ).split('\n').length;
    for (const [index, run] of hostile.entries()) {
      const text = await textOf(run);
      assert.doesNotMatch(text, unseen, hostileTags[index]);
      assert.equal(text.split('\n').length, harmless, hostileTags[index]);
    }
    assert.match(await textOf(...hostile), /\\u\{202E\}gnp\.exe/);
  });
});

describe('history as CSV', () => {
  it('has a row for each image', () => {
    const [columns = [], ...rows] = parseCsv(historyCsv([recorded(whole)]));
    const table = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
    assert.deepEqual(
      table.map(({ digest, outcome, request, current_tags, user, workspace_search, uses }) => [
        digest,
        outcome,
        request,
        current_tags,
        user,
        workspace_search,
        uses,
      ]),
      [
        [
          digestOf('one'),
          'unconfirmed',
          '2',
          '1.4.2, latest',
          'ada',
          'searched',
          `deploy/prod.yaml:14 acme/api:latest; images.lock:3 ${digestOf('fallen')}`,
        ],
        [digestOf('two'), 'deleted', '1', '', 'ada', 'searched', ''],
      ],
    );
  });

  it('is read back as it was, and no cell begins like a formula', () => {
    const rows = parseCsv(historyCsv(hostile));
    assert.equal(rows.length, hostile.length + 1);
    for (const cell of rows.flat()) {
      assert.doesNotMatch(cell, /^[\s]*[=+\-@＝＋－＠]/u);
      assert.doesNotMatch(cell, unseen);
      assert.doesNotMatch(cell, /\n/);
    }
    const users = rows.map((row) => row[6]);
    assert.ok(users.includes(`'=cmd|" /C calc"!A0`));
    assert.ok(users.includes("'+1") && users.includes("'-1") && users.includes("'@SUM(A1)"));
    assert.ok(users.includes("'\\u{9}=1") && users.includes("'\\u{D}=1"));
    assert.ok(users.includes('quote"comma,'));
  });

  it('has what an answer says of each image', () => {
    const answer = refusedAnswer(1, { cause: 'tagKept', tag: '1.4.2', removedTags: ['latest', 'edge'] });
    const [columns = [], row = []] = parseCsv(
      historyCsv([recorded(fileOf(plan, [requestOf(1, 'one'), answer]))]),
    );
    const facts = Object.fromEntries(columns.map((column, index) => [column, row[index]]));
    assert.deepEqual(
      [
        facts['answer'],
        facts['refusal'],
        facts['removed_tags'],
        facts['collateral_outcomes'],
        facts['state'],
      ],
      ['completed', 'tagKept 1.4.2', 'edge, latest', 'open', 'unfinished'],
    );
    assert.match(String(facts['at_local']), /^2026-06-01T\d\d:00:00[+-]\d\d:\d\d$/);
  });

  it('has a row for a run without a plan', () => {
    assert.match(historyCsv([recorded(whole.slice(0, 30))]), /\r\n20260601T.*,unreadable,.*,planIncomplete,/);
  });
});

/** Documents for programs may not depend on the language; documents for people must. */
describe('history in another language', () => {
  const translations = Object.fromEntries(
    ['finished', 'unknown', 'deleted', 'State', 'Outcome', 'completed', 'image'].map((text) => [
      text,
      `«${text}»`,
    ]),
  );

  beforeEach(() => {
    setLanguage({ tag: 'de', translations });
  });

  afterEach(() => {
    setLanguage({ tag: 'en', translations: undefined });
  });

  it('is the same as CSV and JSON', () => {
    const translated = [
      historyCsv([recorded(whole), ...hostile]),
      historyJson([recorded(whole), ...hostile], now),
    ];
    setLanguage({ tag: 'en', translations: undefined });
    assert.deepEqual(translated, [
      historyCsv([recorded(whole), ...hostile]),
      historyJson([recorded(whole), ...hostile], now),
    ]);
  });

  it('is translated as text and as Markdown', async () => {
    assert.match(await textOf(recorded(whole)), /«Outcome» +«deleted»/);
    assert.match(historyMarkdown([recorded(whole)], now), /«Outcome»: «deleted»/);
  });
});

describe('history as Markdown', () => {
  it('tells the same as the text', () => {
    const text = historyMarkdown([recorded(whole)], now);
    for (const part of [
      '`ada`',
      '`https://hub.example`',
      keyOf('one'),
      'Outcome: unknown',
      '1.4.2, latest',
    ]) {
      assert.ok(text.includes(part), `${part} in\n${text}`);
    }
  });

  it('has hostile text in code spans only, and in one line', () => {
    const harmless = (text: string) => text.split('\n').map((line) => withoutCode(line));
    for (const [index, run] of hostile.entries()) {
      const text = historyMarkdown([run], now);
      assert.doesNotMatch(text, unseen, hostileTags[index]);
      for (const line of harmless(text)) {
        assert.doesNotMatch(line, /[<>[\]!`|&]|evil|command:|calc|SUM/, hostileTags[index]);
      }
    }
  });
});

/** A line without its code spans, found as CommonMark finds them. */
function withoutCode(line: string): string {
  return line.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
}

describe('history as JSON', () => {
  it('holds what the journal holds', () => {
    const document: unknown = JSON.parse(historyJson([recorded(whole)], now));
    const [run] = (document as { runs: Record<string, unknown>[] }).runs; // as this test wrote it
    assert.deepEqual(run?.['plan'], plan);
    assert.equal(run['state'], 'unfinished');
    assert.deepEqual(run['outcomes'], [
      {
        key: keyOf('one'),
        outcome: 'unconfirmed',
        settledAt: '2026-06-01T12:00:01.000Z',
        collateral: [{ key: keyOf('fallen'), outcome: 'gone' }],
      },
      {
        key: keyOf('two'),
        outcome: 'deleted',
        settledAt: '2026-06-01T12:00:01.000Z',
        collateral: null,
      },
    ]);
  });

  it('escapes what cannot be seen, and still means the same', () => {
    const text = historyJson(hostile, now);
    assert.doesNotMatch(text, unseen);
    const { runs } = JSON.parse(text) as { runs: { plan: { username: string } }[] }; // as this test wrote it
    assert.deepEqual(
      runs.map((run) => run.plan.username),
      hostileTags,
    );
  });
});

describe('a file that cannot be read', () => {
  const causes: Readonly<Record<UnreadableCause, string>> = {
    notAFile: 'it is not a file',
    brokenLink: 'it is a link that leads nowhere',
    noPermission: 'you do not have permission to read it',
    inUse: 'another program is using it',
    diskError: 'the disk reported an error',
    tooLarge: 'it is too large',
    empty: 'it is empty',
    damaged: 'it is damaged',
    laterFormat: 'a later version of Hub Images wrote it',
    unknown: 'the reason is not known',
  };
  const unreadable = Object.entries(causes).map(([cause, text]) => ({
    entry: { id: runId, unreadable: cause as UnreadableCause }, // a key of the table
    cause,
    text,
  }));

  for (const { entry, cause, text } of unreadable) {
    it(`is listed with its name and the reason in every document, beside the others: ${cause}`, async () => {
      const entries = [recorded(whole), entry, recorded(whole)];
      const document = await textOf(...entries);
      assert.ok(
        document.includes(`  State         cannot be read: ${text}\n  File          ${runFileName(runId)}\n`),
      );
      assert.equal(document.split('User          ada').length, 3);

      const markdown = historyMarkdown(entries, now);
      assert.ok(markdown.includes(`- State: cannot be read: ${text}\n- File: \`${runFileName(runId)}\`\n`));
      assert.equal(markdown.split('- User: `ada`').length, 3);

      const rows = parseCsv(historyCsv(entries));
      assert.deepEqual(rows[3]?.slice(0, 4), [runId, '2026-06-01T12:00:00.000Z', '', 'unreadable']);
      assert.deepEqual(rows[3].slice(-2), [cause, runFileName(runId)]);
      assert.equal(rows.length, 1 + 2 + 1 + 2);

      const { runs } = JSON.parse(historyJson(entries, now)) as { runs: unknown[] }; // as this test wrote it
      assert.deepEqual(
        [runs.length, runs[1]],
        [3, { id: runId, file: runFileName(runId), state: 'unreadable', reason: cause }],
      );
    });
  }

  it('is one whose content is damaged, of a later version or empty, and not one that was never begun', async () => {
    const statesOf = async (content: string | Uint8Array) => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const { runs } = JSON.parse(historyJson([recorded(bytes)], now)) as { runs: { reason: string }[] };
      return [runs[0]?.reason, /State +(.*)/.exec(await textOf(recorded(bytes)))?.[1]];
    };
    assert.deepEqual(await statesOf('?\n'), ['damaged', 'cannot be read: it is damaged']);
    assert.deepEqual(await statesOf('\0\0\0'), ['damaged', 'cannot be read: it is damaged']);
    assert.deepEqual(await statesOf(''), ['empty', 'cannot be read: it is empty']);
    assert.deepEqual(await statesOf('{"format":2}\n'), [
      'laterFormat',
      'cannot be read: a later version of Hub Images wrote it',
    ]);
    assert.deepEqual(await statesOf(whole.slice(0, 30)), [
      'planIncomplete',
      'the plan was not written completely, so no request was sent',
    ]);
  });

  it('is named where deletions are checked, three files by name and the rest by number', () => {
    const check = (...list: readonly UnreadableCause[]) =>
      checkText(
        { settled: [], open: [], unreadable: list.map((cause) => ({ id: runId, unreadable: cause })) },
        now,
      );
    const file = runFileName(runId);
    assert.equal(
      check('noPermission'),
      `1 file of the deletion history cannot be read, so its deletion was not checked: ${file} (you do not have permission to read it).`,
    );
    assert.equal(
      check('empty', 'damaged', 'notAFile', 'inUse', 'inUse'),
      `5 files of the deletion history cannot be read, so their deletions were not checked: ${file} (it is empty), ${file} (it is damaged), ${file} (it is not a file), and 2 more.`,
    );
  });
});
