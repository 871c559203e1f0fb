/** Names that a Hub may give to a tag, though the contract has none of them, and how each is shown. */
export const hostileTags: Readonly<Record<string, readonly [tag: string, shown: string]>> = {
  'a right-to-left override': ['good\u202Egnp.evil', 'good\\u{202E}gnp.evil'],
  'a zero-width joiner': ['la\u200Dtest', 'la\\u{200D}test'],
  'a letter that is blank': ['latest\u3164', 'latest\\u{3164}'],
  'a variation selector': ['latest\uFE0F', 'latest\\u{FE0F}'],
  'an ANSI escape': ['\u001B[31mred\u001B[0m', '\\u{1B}[31mred\\u{1B}[0m'],
  'a line break': ['latest\nDelete nothing', 'latest\\u{A}Delete nothing'],
  'a blank that is none': ['la\u00A0test', 'la\\u{A0}test'],
  'a link to a command': [
    '[latest](command:workbench.action.quit)',
    '[latest]\\u{28}command:workbench.action.quit)',
  ],
  'a link to a page': ['[latest](https://evil.example)', '[latest]\\u{28}https://evil.example)'],
  'an icon': ['$(trash) latest', '$\\u{28}trash) latest'],
  'an element': ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  'more characters than a row has room for': ['a'.repeat(128), 'a'.repeat(128)],
};

/** What the editor would draw as something else than text, or not draw at all. */
export const alive = /[\p{Cc}\p{Cf}\p{DI}]|(?! )\p{Zs}|\]\((?:command|https?|file):|\$\(/u;
