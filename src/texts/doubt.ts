import * as l10n from '@vscode/l10n';
import type { Image } from '../hub/model';

type Doubtful = Pick<Image, 'doubt'>;

/** Why the image cannot be deleted at present, in a few words of a row; empty if it can. */
export function doubtTexts({ doubt }: Doubtful): readonly string[] {
  if (doubt === undefined) {
    return [];
  }
  switch (doubt) {
    case 'disputed':
      return [l10n.t('tags disputed')];
    case 'undetermined':
      return [l10n.t('may belong to another image')];
    case 'unreadable':
      return [l10n.t('could not be read')];
  }
}

/** The same in sentences, with what to do about it; `undefined` if the image can be deleted. */
export function doubtExplanation({ doubt }: Doubtful): string | undefined {
  switch (doubt) {
    case undefined:
      return undefined;
    case 'disputed':
      return l10n.t(
        'The lists on the server disagree about the tags of this image. It cannot be deleted until they agree. Refresh in a few minutes.',
      );
    case 'undetermined':
      return l10n.t(
        'The lists do not show whether another image needs this one. When you delete it, you are asked whether to read contents from the registry to find out.',
      );
    case 'unreadable':
      return l10n.t(
        'An entry of the lists on the server could not be read, so it is not known which tags this image has or whether another image needs it. It cannot be deleted until the entry can be read. The log has the reason.',
      );
  }
}

/** What the parts shown below an image do not include; `undefined` if they are known. */
export function partsExplanation({ arePartsUnknown }: Pick<Image, 'arePartsUnknown'>): string | undefined {
  return arePartsUnknown === true
    ? l10n.t(
        'This image may have more parts than are shown, because the registry was not asked or does not report them. The parts may be listed separately or not at all.',
      )
    : undefined;
}
