/** An image in HTML. */
const htmlImage = /<img\b[^>]*\bsrc="([^"]*)"[^>]*>/g;
/** An image or a link of Markdown: `![text](target)` or `[text](target)`. */
const imageOrLink = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g;
const fence = /^\s*```/;

/**
 * Prepares Markdown for the details page of an installed extension, which loads images only from `https` addresses and opens
 * no link into the repository. An image of the repository is left out, with its line if nothing else is on it. A link to a
 * file of the repository becomes its text and the path. Code blocks stay as they are.
 */
export function detailsPageMarkdown(markdown: string): string {
  let isCode = false;
  const lines = markdown.split('\n').flatMap((line) => {
    if (fence.test(line)) {
      isCode = !isCode;
    }
    if (isCode || fence.test(line)) {
      return [line];
    }
    const prepared = line.replace(htmlImage, prepareImage).replace(imageOrLink, prepareTarget);
    return prepared.trim() === '' && line.trim() !== '' ? [] : [prepared];
  });
  return lines.join('\n');
}

function prepareImage(whole: string, source: string): string {
  return source.startsWith('https:') ? whole : '';
}

function prepareTarget(whole: string, imageMark: string, text: string, target: string): string {
  if (/^(?:https:|#)/.test(target)) {
    return whole;
  }
  if (imageMark !== '') {
    return '';
  }
  const path = `\`${target.replace(/#.*$/, '')}\``;
  return text.replaceAll('`', '') === path.replaceAll('`', '') ? path : `${text} (${path})`;
}
