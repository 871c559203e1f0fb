import assert from 'node:assert/strict';
import { detailsPageMarkdown } from '../../run/support/detailsPageMarkdown';

describe('the Markdown of the details page', () => {
  const cases: readonly (readonly [title: string, from: string, to: string])[] = [
    ['has no image of the repository', 'Above.\n\n![A tree](media/tree.png)\n\nBelow.', 'Above.\n\n\nBelow.'],
    [
      'has images with an address',
      '![A badge](https://example.org/badge.png)',
      '![A badge](https://example.org/badge.png)',
    ],
    [
      'has no image of the repository in HTML',
      'Above.\n<img src="media/tree.png" alt="A tree">\nBelow.',
      'Above.\nBelow.',
    ],
    [
      'has images in HTML with an address',
      '<img src="https://example.org/badge.png">',
      '<img src="https://example.org/badge.png">',
    ],
    [
      'names the file that a link led to',
      'See [the guide](docs/guide.md).',
      'See the guide (`docs/guide.md`).',
    ],
    [
      'names the file without the section',
      'See [the end](docs/guide.md#end).',
      'See the end (`docs/guide.md`).',
    ],
    ['names a file only once', 'See [docs/guide.md](docs/guide.md).', 'See `docs/guide.md`.'],
    ['names a file in code only once', 'See [`docs/guide.md`](docs/guide.md).', 'See `docs/guide.md`.'],
    ['has links with an address', 'See [it](https://example.org/).', 'See [it](https://example.org/).'],
    ['has links to its own sections', 'See [below](#below).', 'See [below](#below).'],
    [
      'has code as it is',
      '```\n[a](b.md)\n\n\n![c](d.png)\n```\n[a](b.md)',
      '```\n[a](b.md)\n\n\n![c](d.png)\n```\na (`b.md`)',
    ],
  ];

  for (const [title, from, to] of cases) {
    it(title, () => {
      assert.equal(detailsPageMarkdown(from), to);
    });
  }
});
