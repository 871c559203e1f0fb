/** The packaged extension, driven as a person would: `npm run test:e2e -- [FILE…] [--grep PATTERN] [--built]`. */
import { packageExtension } from './support/packageExtension';
import { main } from './support/main';
import { runGroup } from './support/runGroup';

await main(async () => {
  const args = process.argv.slice(2);
  if (!args.includes('--built')) await packageExtension();
  await runGroup(
    { name: 'e2e', timeoutMs: 120_000, slowMs: 20_000 },
    args.filter((argument) => argument !== '--built'),
  );
});
