import assert from 'node:assert/strict';
import { phases } from '../../support/faultTable/phases';
import { playCell } from '../../support/faultTable/playCell';
import { tableFaults } from '../../support/faultTable/tableFaults';
import type { CellTexts } from '../../support/faultTable/cellTexts';
import { brokenRules, textRules } from '../../support/faultTable/textRules';
import { useUtc } from '../../support/utc';

type Panel = NonNullable<CellTexts['panel']>;

async function textsOf(fault: string, phase: string): Promise<CellTexts> {
  const row = tableFaults.find(({ name }) => name === fault);
  const column = phases.find(({ name }) => name === phase);
  assert.ok(row && column);
  return (await playCell(row, column)).texts;
}

function withState(texts: CellTexts, change: (state: Panel['state']) => Partial<Panel['state']>): CellTexts {
  assert.ok(texts.panel);
  const { state, rows } = texts.panel;
  return { ...texts, panel: { rows, state: { ...state, ...change(state) } } };
}

function withResult(texts: CellTexts, change: Partial<NonNullable<Panel['state']['result']>>): CellTexts {
  return withState(texts, ({ result }) => ({ result: result && { ...result, ...change } }));
}

function withNotice(texts: CellTexts, text: string): CellTexts {
  return withState(texts, ({ notices }) => ({ notices: [...notices, { severity: 'warning', text }] }));
}

/** A cell, and a change of its texts that breaks one rule. */
const cases: readonly {
  readonly rule: string;
  readonly cell: readonly [fault: string, phase: string];
  readonly broken: (texts: CellTexts) => CellTexts;
}[] = [
  {
    rule: 'the states add up to the plan',
    cell: ['403', 'delete'],
    broken: (texts) => withResult(texts, { notDeleted: 2 }),
  },
  {
    rule: 'no result is shown before the images were listed again',
    cell: ['latency', 'delete'],
    broken: (texts) => ({ ...texts, facts: { ...texts.facts, earlyResults: 1 } }),
  },
  {
    rule: 'no number is shown that was not obtained',
    cell: ['403', 'verification'],
    broken: (texts) => withResult(texts, { deleted: 3, unknown: 0 }),
  },
  {
    rule: 'advice has its button',
    cell: ['403', 'verification'],
    broken: (texts) => withState(texts, () => ({ actions: ['showHistory', 'showLog'] })),
  },
  {
    rule: 'a button has a use',
    cell: ['latency', 'delete'],
    broken: (texts) => withState(texts, ({ actions }) => ({ actions: [...actions, 'checkAgain'] })),
  },
  {
    rule: 'nothing is called uncertain that is certain',
    cell: ['403', 'delete'],
    broken: (texts) => withNotice(texts, 'It is not known what the request did.'),
  },
  {
    rule: 'nothing is called certain that is unknown',
    cell: ['503', 'delete'],
    broken: (texts) => withState(texts, () => ({ status: 'No image was deleted.' })),
  },
  {
    rule: 'no secret and no query is shown',
    cell: ['403', 'dry run'],
    broken: (texts) => withNotice(texts, 'https://hub.docker.com/v2/?page=2 was not found.'),
  },
  {
    rule: 'no secret and no query is shown',
    cell: ['403', 'images page'],
    broken: (texts) => ({ ...texts, notification: `Refused: ${texts.facts.secrets[0] ?? ''}.` }),
  },
  {
    rule: 'the words are plain English',
    cell: ['403', 'images page'],
    broken: (texts) => ({ ...texts, notification: 'Nothing was told by the Hub.' }),
  },
  {
    rule: 'each sentence ends with a period',
    cell: ['403', 'dry run'],
    broken: (texts) => withNotice(texts, 'Its tags have changed'),
  },
  {
    rule: 'nothing is said twice',
    cell: ['403', 'dry run'],
    broken: (texts) => withNotice(texts, 'Read this. Read this.'),
  },
];

describe('rules for the texts of the fault table', () => {
  useUtc();

  for (const { rule, cell, broken } of cases) {
    it(`notices when this does not hold: ${rule} (${cell.join(', ')})`, async () => {
      const texts = await textsOf(...cell);
      assert.deepEqual(brokenRules(texts), []);
      const found = brokenRules(broken(texts));
      assert.ok(
        found.some((each) => each.startsWith(`${rule}: `)),
        found.join('\n'),
      );
    });
  }

  it('has a case for every rule', () => {
    assert.deepEqual(
      textRules.map(({ name }) => name).filter((name) => !cases.some(({ rule }) => rule === name)),
      [],
    );
  });
});
