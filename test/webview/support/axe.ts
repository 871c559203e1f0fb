import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

type RunOptions = Parameters<AxeBuilder['options']>[0];

/** Rules whose answer depends on the colors of the theme; the others say the same in every one. */
const colorRules = ['color-contrast', 'link-in-text-block'];

/**
 * What axe objects to in the page, each with the element it is about.
 *
 * @param rules `color` looks only at what another theme can change.
 */
export async function violations(page: Page, rules: 'all' | 'color' = 'all'): Promise<readonly string[]> {
  const options: RunOptions = {
    resultTypes: ['violations'], // nothing is collected of what is fine
    ...(rules === 'color' && { runOnly: { type: 'rule', values: colorRules } }),
  };
  // The page has no frames, whose results are what the other mode opens a page of its own for.
  const found = await new AxeBuilder({ page }).setLegacyMode().options(options).analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
  );
}
