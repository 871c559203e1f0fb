import type { ReferenceSource, SearchReport } from '../../hub/codeReferences';
import { imageReferences, type ImageReferences, repositoriesOf } from '../../hub/imageReferences';
import { absenceText, referenceCountText, searchReportText } from '../../texts/codeReferences';
import type { ReferenceSubject } from './subject';
import * as l10n from '@vscode/l10n';

/** The lines about a subject, and what was searched for them. */
export interface FoundLines extends ImageReferences {
  readonly report: SearchReport;
}

/** @throws The search failed as a whole, or the signal was aborted. */
export async function findLines(
  references: Pick<ReferenceSource, 'search'>,
  { images }: ReferenceSubject,
  signal: AbortSignal,
): Promise<FoundLines> {
  const found = await references.search(repositoriesOf(images), signal);
  return { ...imageReferences(found, images), report: found.report };
}

/** What stands above the lines: their number, or that there are none, which proves nothing. */
export function summaryOf({ name }: ReferenceSubject, lines: FoundLines): string {
  const count = referenceCountText(lines);
  const searched = searchReportText(lines.report);
  return count === undefined
    ? [l10n.t('No reference to {0} was found.', name), searched, absenceText()].join(' ')
    : [l10n.t('References: {0}.', count), searched].join(' ');
}
