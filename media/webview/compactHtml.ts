import { html as plainHtml, type TemplateResult } from 'lit';

const compacted = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/**
 * lit's `html` without the white space between tags, each of which would be a node: a list that is limited in nodes
 * has better use for them. Where white space matters, `&#32;` stands for it.
 */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): TemplateResult {
  let compact = compacted.get(strings);
  if (compact === undefined) {
    const parts = strings.map((part) => part.replace(/(^|>)\s+(<|$)/g, '$1$2'));
    compact = Object.assign(parts, { raw: parts });
    compacted.set(strings, compact);
  }
  return plainHtml(compact, ...values);
}
