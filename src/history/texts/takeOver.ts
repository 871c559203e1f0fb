import * as l10n from '@vscode/l10n';
import type { Run } from '../../journal/run';
import { instantText } from '../../texts/activity';
import { sanitizeText } from '../../util/sanitizeText';
import type { PossibleHolder } from '../checkRuns';
import { placeText, startText } from './runs';

/** What is known of the process that may be at a deletion. */
export function holderText(run: Run, { writer, state, lastSign }: PossibleHolder): string {
  const { pid, host, start } = writer;
  const facts = [placeText(run), startText(run), String(pid)] as const;
  const lastWrote = instantText(lastSign);
  if (state === 'otherMachine') {
    return l10n.t(
      'Deletion in {0}, {1}: process {2} on the computer {3} recorded it. Whether that process is still running cannot be checked from this computer. It last wrote {4}.',
      ...facts,
      sanitizeText(host),
      lastWrote,
    );
  }
  return start === undefined
    ? l10n.t(
        'Deletion in {0}, {1}: process {2} recorded it. A process with this number is running, but it may be another program: the start time of the process was not recorded. It last wrote {3}.',
        ...facts,
        lastWrote,
      )
    : l10n.t(
        'Deletion in {0}, {1}: process {2} recorded it. A process with this number is running, but it may be another program: its start time cannot be read. It last wrote {3}.',
        ...facts,
        lastWrote,
      );
}
