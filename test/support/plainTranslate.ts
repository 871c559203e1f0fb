import type { Translate } from '../../src/util/translate';

/** What the editor's own does where there is no translation. */
export const plainTranslate: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(args[Number(index)] ?? placeholder));
