/** The code of the webview in a plain page: `npm run test:webview -- [FILE…] [--grep PATTERN]`. */
import { buildExtension } from './support/buildTests';
import { main } from './support/main';
import { runGroup } from './support/runGroup';

await main(async () => {
  const args = process.argv.slice(2);
  if (!args.includes('--built')) await buildExtension();
  await runGroup(
    { name: 'webview', timeoutMs: 60_000, slowMs: 5000 },
    args.filter((argument) => argument !== '--built'),
  );
});
