import { setLanguage } from '../../src/texts/language';
import { translationsName } from '../../src/webview/protocol';

/** Takes the language of the page, which the extension wrote into it. Call it before the first text is created. */
export function takePageLanguage(): void {
  const json = document.querySelector<HTMLMetaElement>(`meta[name="${translationsName}"]`)?.content ?? '{}';
  // The extension wrote it; whatever is not translated by it stays English.
  setLanguage({
    tag: document.documentElement.lang,
    translations: JSON.parse(json) as Record<string, string>,
  });
}
