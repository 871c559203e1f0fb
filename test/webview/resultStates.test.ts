import assert from 'node:assert/strict';
import type { CellTexts } from '../support/faultTable/cellTexts';
import { phases } from '../support/faultTable/phases';
import { playCell, playJournalCell } from '../support/faultTable/playCell';
import { journalFaults, tableFaults, todaysFaults } from '../support/faultTable/tableFaults';
import { todaysPhases } from '../support/faultTable/todaysPhases';
import { violations } from './support/axe';
import { drawn, keepScreenshot, ReviewBench } from './support/reviewPage';
import { themes, type ThemeName } from './support/themes';

type Panel = NonNullable<CellTexts['panel']>;

/** States of a result that differ in what a person sees, each as a fault of the fault table leaves it. */
const states: Readonly<Record<string, () => Promise<Panel>>> = {
  deleted: () => managementCell('latency', 'delete'),
  stopped: () => todaysCell('cancel', 'delete: tag'),
  'not answered': () => managementCell('reset before the effect', 'delete'),
  'answered by the list': () => managementCell('reset after the effect', 'delete'),
  refused: () => managementCell('403', 'delete'),
  'one refused': () => todaysCell('403: still referenced', 'delete: manifest'),
  'too many requests': () => todaysCell('429 Retry-After', 'delete: manifest'),
  'one changed': () => todaysCell('latest signed meanwhile', 'delete: look'),
  'not listed': () => managementCell('503, always', 'verification'),
  'still listed': () => managementCell('success without effect', 'delete'),
  'not recorded': () => journalCell('disk full: the second request'),
};

describe('every state of a result', () => {
  const bench = new ReviewBench();
  const panels = new Map<string, Promise<Panel>>();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  for (const [name, play] of Object.entries(states)) {
    for (const theme of Object.keys(themes) as ThemeName[]) {
      it(`can be read in a narrow panel: ${name}, ${theme}`, async () => {
        const panel = panels.get(name) ?? play();
        panels.set(name, panel);
        const { rows, state } = await panel;
        assert.ok(state.result, 'a result is shown');
        const { page } = await bench.open({ rows, state, theme, width: 560 });
        await drawn(page);
        await keepScreenshot(page, `result ${name}, ${theme}`.replaceAll(/\W+/g, '-'));
        assert.deepEqual(await violations(page, 'color'), []);
        const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
        assert.equal(scrollWidth, clientWidth);
      });
    }
  }
});

function managementCell(fault: string, phase: string): Promise<Panel> {
  return panelOf(playCell(named(tableFaults, fault), named(phases, phase)));
}

function todaysCell(fault: string, phase: string): Promise<Panel> {
  return panelOf(playCell(named(todaysFaults, fault), named(todaysPhases, phase), 'registry'));
}

function journalCell(fault: string): Promise<Panel> {
  return panelOf(playJournalCell(named(journalFaults, fault)));
}

async function panelOf(cell: Promise<{ readonly texts: CellTexts }>): Promise<Panel> {
  const { texts } = await cell;
  return texts.panel ?? assert.fail('no review');
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  return all.find((each) => each.name === name) ?? assert.fail(name);
}
