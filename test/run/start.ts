/**
 * `npm start` shows the extension on its sandbox in a browser, `npm start -- --desktop` in an installed VS Code. It runs
 * until it is interrupted.
 */
import { parseArgs } from 'node:util';
import { startInBrowser } from '../workbench/startInBrowser';
import { startOnDesktop } from '../workbench/startOnDesktop';
import { buildExtension } from './support/buildTests';
import { main } from './support/main';

await main(
  async () => {
    const { values } = parseArgs({ options: { desktop: { type: 'boolean' } } });
    await buildExtension();
    await (values.desktop ? startOnDesktop() : startInBrowser());
  },
  () => 0,
);
