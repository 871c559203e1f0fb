import { invalidNameText } from '../texts/names';

/** Says what is wrong with a text that `parse` rejects. Undefined if nothing is, or if the text is empty. */
export function problemWith(text: string, parse: (text: string) => unknown): string | undefined {
  if (text === '') {
    return undefined; // nothing has been typed yet; the caller ignores an empty text
  }
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return invalidNameText(error);
  }
}
