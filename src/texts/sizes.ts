import prettyBytes from 'pretty-bytes';
import { currentLocale } from './language';

/** `12.3 MB`, in decimal units. */
export function sizeText(bytes: number): string {
  return prettyBytes(bytes, { locale: currentLocale() });
}
