/** Writes the texts of the extension to the bundle that translations begin with: `npm run texts`. */
import { writeFileSync } from 'node:fs';
import { bundleFile, bundleText } from '../support/texts/bundle';
import { main } from './support/main';

await main(async () => {
  writeFileSync(bundleFile, await bundleText());
});
