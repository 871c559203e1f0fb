import assert from 'node:assert/strict';
import {
  expectedJournalTable,
  expectedOutcome,
  expectedTable,
  outcomeCount,
} from '../../support/faultTable/expectedTable';
import { phases } from '../../support/faultTable/phases';
import { playCell, playJournalCell } from '../../support/faultTable/playCell';
import { journalFaults, tableFaults } from '../../support/faultTable/tableFaults';

/** Set by the script that shows the table; the tests are the same without it. */
const isShown = process.env['HUB_IMAGES_FAULT_TABLE'] !== undefined;

type Row = readonly [name: string, ...outcomes: string[]];

describe('faults', () => {
  const rows: Row[] = [];

  for (const fault of tableFaults) {
    describe(fault.name, () => {
      const row: [string, ...string[]] = [fault.name];
      rows.push(row);
      for (const phase of phases) {
        const expected = expectedOutcome(expectedTable, fault.name, phase.name);
        it(`${phase.name}: ${expected ?? 'not known'}`, async () => {
          const outcome = await playCell(fault, phase);
          row.push(outcome);
          assert.equal(outcome, expected);
        });
      }
    });
  }

  it('has an outcome for every fault in every phase, and no other', () => {
    assert.equal(outcomeCount(expectedTable), tableFaults.length * phases.length);
  });

  after(() => {
    show(['fault', ...phases.map(({ name }) => name)], rows);
  });
});

describe('faults of the journal', () => {
  const rows: Row[] = [];

  for (const fault of journalFaults) {
    const expected = expectedOutcome(expectedJournalTable, fault.name, 'journal');
    it(`${fault.name}: ${expected ?? 'not known'}`, async () => {
      const outcome = await playJournalCell(fault);
      rows.push([fault.name, outcome]);
      assert.equal(outcome, expected);
    });
  }

  it('have an outcome each', () => {
    assert.equal(outcomeCount(expectedJournalTable), journalFaults.length);
  });

  after(() => {
    show(['fault', 'journal write'], rows);
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
