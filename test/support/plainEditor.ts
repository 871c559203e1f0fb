import { inEnglish } from '../../src/util/translate';

/** As much of the editor as the texts of the review need; see `textsWithoutEditor` in esbuild.mjs. */
export const l10n = { t: inEnglish };
