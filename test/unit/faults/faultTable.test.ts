import assert from 'node:assert/strict';
import {
  expectedJournalTable,
  expectedOutcome,
  expectedTable,
  outcomeCount,
} from '../../support/faultTable/expectedTable';
import { phases } from '../../support/faultTable/phases';
import { playCell, playJournalCell } from '../../support/faultTable/playCell';
import { expectedTodaysTable } from '../../support/faultTable/expectedTodaysTable';
import { faultTexts, type NamedCell } from '../../support/faultTable/faultTexts';
import { compareWithReviewed } from '../../support/faultTable/reviewedTexts';
import { journalFaults, tableFaults, todaysFaults } from '../../support/faultTable/tableFaults';
import { brokenRules } from '../../support/faultTable/textRules';
import { useUtc } from '../../support/utc';
import { todaysPhases } from '../../support/faultTable/todaysPhases';

/** Set by the script that shows the table; the tests are the same without it. */
const isShown = process.env['HUB_IMAGES_FAULT_TABLE'] !== undefined;

type Row = readonly [name: string, ...outcomes: string[]];

const tables = [
  { api: 'management', faults: tableFaults, columns: phases, expected: expectedTable },
  { api: 'registry', faults: todaysFaults, columns: todaysPhases, expected: expectedTodaysTable },
] as const;

/** What can be read at the end of every cell that has been played. */
const cells: NamedCell[] = [];
const apiNames = { management: 'management', registry: 'today' } as const;

for (const { api, faults, columns, expected: table } of tables) {
  describe(`faults on the ${api} API`, () => {
    useUtc();
    const rows: Row[] = [];

    for (const fault of faults) {
      describe(fault.name, () => {
        const row: [string, ...string[]] = [fault.name];
        rows.push(row);
        for (const phase of columns) {
          const expected = expectedOutcome(table, fault.name, phase.name);
          it(`${phase.name}: ${expected ?? 'not known'}`, async () => {
            const { outcome, texts } = await playCell(fault, phase, api);
            row.push(outcome);
            cells.push({ api: apiNames[api], phase: phase.name, fault: fault.name, texts });
            assert.equal(outcome, expected);
            assert.deepEqual(brokenRules(texts), []);
          });
        }
      });
    }

    it('has an outcome for every fault in every phase, and no other', () => {
      assert.equal(outcomeCount(table), faults.length * columns.length);
    });

    after(() => {
      show(['fault', ...columns.map(({ name }) => name)], rows);
    });
  });
}

describe('faults of the journal', () => {
  useUtc();
  const rows: Row[] = [];

  for (const fault of journalFaults) {
    const expected = expectedOutcome(expectedJournalTable, fault.name, 'journal');
    it(`${fault.name}: ${expected ?? 'not known'}`, async () => {
      const { outcome, texts } = await playJournalCell(fault);
      cells.push({ api: apiNames.management, phase: 'journal write', fault: fault.name, texts });
      rows.push([fault.name, outcome]);
      assert.equal(outcome, expected);
      assert.deepEqual(brokenRules(texts), []);
    });
  }

  it('have an outcome each', () => {
    assert.equal(outcomeCount(expectedJournalTable), journalFaults.length);
  });

  after(() => {
    show(['fault', 'journal write'], rows);
  });
});

describe('texts of the fault table', () => {
  it('are those that were reviewed', async () => {
    await compareWithReviewed(faultTexts(cells));
  });
});

function show(head: Row, rows: readonly Row[]): void {
  if (!isShown) {
    return;
  }
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: Row) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  console.log(['', line(head), rule, ...rows.map(line), ''].join('\n'));
}
