import * as l10n from '@vscode/l10n';
import type { Run } from '../../journal/run';
import type { Writer } from '../../journal/writer';
import { instantText } from '../../texts/activity';
import { sanitizeText } from '../../util/sanitizeText';
import type { PossibleHolder } from '../checkRuns';
import { placeText, startText } from './runs';

/** What is known of the process that may still be working on a deletion. */
export function holderText(run: Run, { writer, state, lastSign }: PossibleHolder): string {
  return [
    l10n.t(
      'The deletion in {0}, started {1}, was recorded by process {2} on {3}.',
      placeText(run),
      startText(run),
      String(writer.pid),
      sanitizeText(writer.host),
    ),
    doubtText(state, writer),
    l10n.t('The last record was written {0}.', instantText(lastSign)),
  ].join(' ');
}

function doubtText(state: PossibleHolder['state'], { start }: Writer): string {
  if (state === 'otherMachine') {
    return l10n.t('Whether that process is still running cannot be checked from this computer.');
  }
  return start === undefined
    ? l10n.t(
        'A process with this number is running, but it may be another program, because the start time was not recorded.',
      )
    : l10n.t(
        'A process with this number is running, but it may be another program, because its start time cannot be read.',
      );
}
