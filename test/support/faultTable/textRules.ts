import type { CellTexts } from './cellTexts';
import { buttonsOf, figureLines, panelLines, rowTexts } from './renderTexts';

/** A rule that the texts of every cell keep. */
interface TextRule {
  readonly name: string;
  /** @returns What breaks the rule; `undefined` if nothing does. */
  readonly brokenBy: (texts: CellTexts) => string | undefined;
}

/** Words of an earlier version that no person would use. */
const unidiomatic =
  /\b(told|falls?|fallen|goes along|so many|by itself|shall|nobody can|last question|makes of it|such as are|the Hub(?! Images))\b/i;
const uncertain =
  /\b(not known|unknown|unconfirmed|may have|might|may still|not certain|perhaps|possibly)\b/i;

/** Advice, and how the text of the button begins that it needs. */
const advice: readonly (readonly [text: RegExp, button: string])[] = [
  [/\brepeat the dry run\b/i, 'Repeat Dry Run'],
  [/\bcontinue the dry run\b|\bContinue it\b/, 'Continue Dry Run'],
  [/\bCheck Again\b/, 'Check Again'],
  [/\bthe log\b/i, 'Show Log'],
  [/\bsign in again\b/i, 'Sign In'],
  [/\bdeletion history\b/i, 'Show Deletion History'],
  [/\bremove the images with errors\b/i, 'Remove '],
];

/** What every cell of the fault table keeps, whatever its texts are. */
export const textRules: readonly TextRule[] = [
  {
    name: 'the states add up to the plan',
    brokenBy: ({ panel, facts }) => {
      const result = panel?.state.result;
      if (!result) {
        return undefined;
      }
      const sum = result.deleted + result.alreadyGone + result.notDeleted + result.unknown;
      return sum === facts.planned && facts.outcomes.length === sum
        ? undefined
        : `${String(sum)} of ${String(facts.planned)}`;
    },
  },
  {
    name: 'no result is shown before the images were listed again',
    brokenBy: ({ facts }) => (facts.earlyResults === 0 ? undefined : `${String(facts.earlyResults)} results`),
  },
  {
    name: 'no number is shown that was not obtained',
    brokenBy: ({ panel, facts }) => {
      const result = panel?.state.result;
      if (!result) {
        return undefined;
      }
      const isNothingKnown = facts.outcomes.every((outcome) => outcome === 'unconfirmed');
      const figure = figureLines(result).find(
        (line) => isNothingKnown && !/^(Unknown|Others unknown) /.test(line),
      );
      const reported = panelLines(panel.state).find(
        (line) => result.reported === null && line.startsWith('Reported:') && /\d/.test(line),
      );
      return figure ?? reported;
    },
  },
  {
    name: 'advice has its button',
    brokenBy: ({ panel, notification }) => {
      const buttons = panel === undefined ? ['Show Log', 'Sign In'] : buttonsOf(panel.state);
      const texts = panel === undefined ? [notification ?? ''] : panelTexts(panel);
      return advice.flatMap(([text, button]) =>
        buttons.some((each) => each.startsWith(button))
          ? []
          : texts.filter((each) => text.test(each)).map((each) => `${button}: ${each}`),
      )[0];
    },
  },
  {
    name: 'a button has a use',
    brokenBy: ({ panel, facts, history }) => {
      if (panel === undefined) {
        return undefined;
      }
      const { state } = panel;
      const texts = panelTexts(panel);
      const isNeeded: Readonly<Record<(typeof state.actions)[number], boolean>> = {
        checkAgain: facts.hasUnknown,
        signIn: texts.some((text) => /\bsign in again\b/i.test(text)),
        showHistory: history !== undefined,
        showLog:
          state.phase !== 'finished' ||
          state.notices.length > 0 ||
          facts.outcomes.some((outcome) => outcome !== 'deleted'),
      };
      return state.actions.find((action) => !isNeeded[action]);
    },
  },
  {
    name: 'nothing is called uncertain that is certain',
    brokenBy: ({ panel, facts, history }) => {
      if (panel === undefined) {
        return undefined;
      }
      const ofImages = panel.rows.flatMap(({ attempt, outcome }) =>
        [attempt, outcome].flatMap((each) =>
          each === null || each.kind === 'unconfirmed' ? [] : [each.text],
        ),
      );
      const isCertain = facts.outcomes.length > 0 && !facts.hasUnknown;
      const ofWhole = isCertain
        ? [
            panel.state.status,
            ...panel.state.notices.map(({ text }) => text),
            ...(facts.isRecorded ? outcomeLines(history) : []),
          ]
        : [];
      return [...ofImages, ...ofWhole].find((text) =>
        uncertain.test(text.replace(/“[^”]*”|Check Unconfirmed Deletions/g, '')),
      );
    },
  },
  {
    name: 'nothing is called certain that is unknown',
    brokenBy: ({ panel, facts, history }) => {
      if (panel === undefined || !facts.hasUnknown) {
        return undefined;
      }
      const rows = panel.rows.flatMap(({ attempt, outcome }) =>
        [attempt, outcome].flatMap((each) => (each?.kind === 'unconfirmed' ? [each.text] : [])),
      );
      return [panel.state.status, ...rows, outcomeLines(history).join('\n')].find(
        (text) => !/\bnot known whether\b|\bUnknown:/.test(text),
      );
    },
  },
  {
    name: 'no secret and no query is shown',
    brokenBy: (texts) =>
      allTexts(texts).find(
        (text) =>
          /https?:\/\/\S*\?/.test(text) || texts.facts.secrets.some((secret) => text.includes(secret)),
      ),
  },
  {
    name: 'the words are plain English',
    brokenBy: (texts) => allTexts(texts).find((text) => unidiomatic.test(text)),
  },
  {
    name: 'each sentence ends with a period',
    brokenBy: (texts) => sentences(texts).find((text) => !/[.:]$/.test(text)),
  },
  {
    name: 'nothing is said twice',
    brokenBy: ({ panel, notification }) => {
      const said = (panel === undefined ? [notification ?? ''] : headTexts(panel)).flatMap((text) =>
        text.split(/(?<=\.)\s+/).filter(Boolean),
      );
      return said.find((sentence, index) => said.indexOf(sentence) !== index);
    },
  },
];

/** The rules that the texts break, each with what breaks it. */
export function brokenRules(texts: CellTexts): readonly string[] {
  return textRules.flatMap(({ name, brokenBy }) => {
    const by = brokenBy(texts);
    return by === undefined ? [] : [`${name}: ${by}`];
  });
}

/** Status line and notices. */
function headTexts({ state }: NonNullable<CellTexts['panel']>): readonly string[] {
  return [state.status, ...state.notices.map(({ text }) => text)];
}

function panelTexts({ state, rows }: NonNullable<CellTexts['panel']>): readonly string[] {
  return [...panelLines(state).filter((line) => !line.startsWith('Buttons:')), ...rows.flatMap(rowTexts)];
}

/** Sentences that stand alone, without what may follow after a colon. */
function sentences({ notification, panel, confirmation }: CellTexts): readonly string[] {
  const rows = (panel?.rows ?? []).flatMap(({ outcome, attempt, blockers, warnings }) =>
    [outcome, attempt, ...blockers, ...warnings].flatMap((each) => (each === null ? [] : [each.text])),
  );
  return [
    ...(notification === undefined ? [] : [notification]),
    ...(panel === undefined ? [] : headTexts(panel)),
    ...rows,
    ...(confirmation?.detail.split('\n\n').map((each) => each.split('\n')[0] ?? '') ?? []),
  ];
}

function allTexts(texts: CellTexts): readonly string[] {
  const { notification = '', panel, confirmation, history } = texts;
  return [
    notification,
    ...(panel === undefined ? [] : panelTexts(panel)),
    ...(confirmation === undefined ? [] : [confirmation.message, confirmation.detail]),
    ...(history === undefined ? [] : [history.shown, history.markdown]),
  ];
}

/** Lines of the newest run that say what became of its images. */
function outcomeLines(history: CellTexts['history']): readonly string[] {
  const lines = `${history?.shown ?? ''}\n${history?.markdown ?? ''}`.split('\n');
  return lines.filter((line) =>
    /^\s*(- )?(State|Result|Outcome)\b|completed|no usable answer|refused/.test(line),
  );
}
