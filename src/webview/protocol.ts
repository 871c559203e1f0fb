/** What a page sends when it gets the focus although the user did not click it. It carries nothing else. */
export interface FocusedMessage {
  readonly type: 'focused';
}

export const focusedMessage: FocusedMessage = { type: 'focused' };

export function isFocusedMessage(value: unknown): value is FocusedMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === focusedMessage.type &&
    Object.keys(value).length === 1
  );
}

/** The `<meta>` element of a page with the translations as JSON: an object of texts by the English text. */
export const translationsName = 'translations';
