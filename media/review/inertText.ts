/** Controls, marks that turn the direction of text around, and separators of lines and paragraphs. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text of a server with every invisible character spelt out: `a[U+202E]b`. Names that look alike or read backwards
 * must not pass for another image.
 */
export function inert(text: string): string {
  return text.replace(invisible, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${code}]`;
  });
}

/** As {@link inert}, for sentences, which may have several lines. */
export function inertLines(text: string): string {
  return text.split('\n').map(inert).join('\n');
}
