import prettyBytes from 'pretty-bytes';
import { numberText } from './formats';

/** `12.3 MB`, in decimal units. */
export function sizeText(bytes: number): string {
  // With a locale of its own it would make a format of numbers each time, which takes longer than the rest of a row.
  const [value, unit] = prettyBytes(bytes).split(' ');
  return `${numberText(Number(value))} ${unit ?? ''}`;
}
