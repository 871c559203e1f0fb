import * as vscode from 'vscode';
import { sanitizeText } from './sanitizeText';

/** Characters that `appendText` does not escape although they begin an element or make a bare address a link. */
const leftAlive = /(?<!\\)<|:(?=\/\/)|(?<=\bwww)\.|@/gi;

/** A name and what there is to say about it. */
export type Line = readonly [name: string, value: string];

/** One paragraph for each line. Values come from the server, so they are escaped and never interpreted as Markdown. */
export function linesOf(lines: readonly Line[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('', false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  for (const [name, value] of lines) {
    markdown.appendMarkdown(`**${name}:** `).appendText(sanitizeText(value)).appendMarkdown('\n\n');
  }
  markdown.value = markdown.value.replace(leftAlive, '\\$&');
  return markdown;
}
