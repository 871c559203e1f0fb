import { html, nothing, type TemplateResult } from 'lit';
import { sizeText } from '../../src/texts/sizes';
import { sanitizeLines, sanitizeText } from '../../src/util/sanitizeText';
import { styleProperties } from '../webview/styleProperties';
import type { Handlers } from './handlers';
import type { Repositories, ShownRepository } from './repositories';
import { legendLabel, othersText, tileText, treemapHeading, treemapHelp, withoutTileText } from './texts';
import type { Tile } from './treemapLayout';

/** From which width and height a tile has its name, and from which its size, too. */
const labelFrom = { widthPx: 52, heightPx: 20 } as const;
const sizeFrom = { widthPx: 68, heightPx: 40 } as const;

/**
 * The place of the tiles, and what they mean. They are no controls of their own for assistive technology: the table has
 * the same repositories, in an order that can be read.
 */
export function treemapTemplate(
  repositories: Repositories,
  tiles: readonly Tile[],
  handlers: Handlers,
): TemplateResult {
  const unmeasured = repositories.all.filter(({ storageBytes }) => storageBytes === null);
  const without = withoutTileText(unmeasured.map(({ name }) => sanitizeText(name)));
  return html`<section class="storage" aria-labelledby="treemap-heading">
    <div class="storage-head">
      <h2 id="treemap-heading">${treemapHeading()}</h2>
      <ul class="legend">
        ${(['active', 'inactive', 'unknown', 'uncounted'] as const).map(
          (kind) => html`<li class=${kind}>${legendLabel(kind)}</li>`,
        )}
      </ul>
    </div>
    <div class="treemap" aria-hidden="true">
      ${tiles.map((tile) => tileTemplate(tile, repositories, handlers))}
    </div>
    <p class="help">
      <span aria-hidden="true">${treemapHelp()}</span>${without === undefined ? nothing : html` ${without}`}
    </p>
  </section>`;
}

function tileTemplate(tile: Tile, repositories: Repositories, handlers: Handlers): TemplateResult {
  const { names, storageBytes, x, y, width, height } = tile;
  const [name = ''] = names;
  const repository = names.length === 1 ? repositories.get(name) : undefined;
  const label = repository === undefined ? othersText(names.length) : sanitizeText(name);
  const size = sizeText(storageBytes);
  return html`<div
    class="tile ${repository === undefined ? 'others' : kindOf(repository)}"
    title=${repository === undefined ? `${label}\n${size}` : sanitizeLines(tileText(repository))}
    ${styleProperties({
      left: px(x),
      top: px(y),
      width: px(width),
      height: px(height),
      '--inactive': shareOf(repository, 'inactive'),
      '--unknown': shareOf(repository, 'unknown'),
    })}
    @click=${() => {
      handlers.find(names);
    }}
  >
    ${
      !isAtLeast(tile, labelFrom)
        ? nothing
        : html`<span class="tile-name">${label}</span>${
              !isAtLeast(tile, sizeFrom) ? nothing : html`<span class="tile-size">${size}</span>`
            }`
    }
  </div>`;
}

function isAtLeast(
  { width, height }: Tile,
  least: { readonly widthPx: number; readonly heightPx: number },
): boolean {
  return width >= least.widthPx && height >= least.heightPx;
}

/** Storage without any image in the lists says nothing about images that are active. */
function kindOf({ counts }: ShownRepository): string {
  return counts === undefined || counts.total === 0 ? 'uncounted' : 'counted';
}

/** Of a repository's images, as a length. */
function shareOf(repository: ShownRepository | undefined, kind: 'inactive' | 'unknown'): string {
  const counts = repository?.counts;
  const total = counts?.total ?? 0;
  return total === 0 ? '0%' : `${String((100 * (counts?.[kind] ?? 0)) / total)}%`;
}

function px(length: number): string {
  return `${String(length)}px`;
}
