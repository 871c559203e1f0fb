/**
 * `npm start` shows the extension on its sandbox in a browser, `npm start -- --desktop` in an installed VS Code. It runs
 * until it is interrupted. The sandbox is like Docker Hub today; `--api=management` adds the image-management API.
 */
import { parseArgs } from 'node:util';
import { imageApiKinds } from '../../src/hub/autoImageApi';
import { startInBrowser } from '../workbench/startInBrowser';
import { startOnDesktop } from '../workbench/startOnDesktop';
import { buildExtension } from './support/buildTests';
import { main } from './support/main';

await main(
  async () => {
    const { values } = parseArgs({
      options: { desktop: { type: 'boolean' }, api: { type: 'string', default: 'registry' } },
    });
    const api = imageApiKinds.find((kind) => kind === values.api);
    if (api === undefined) throw new Error(`--api must be one of ${imageApiKinds.join(', ')}`);
    await buildExtension();
    await (values.desktop ? startOnDesktop(api) : startInBrowser(api));
  },
  () => 0,
);
