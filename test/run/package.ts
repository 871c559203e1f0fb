/** `npm run package` makes the installable hub-images.vsix. */
import { main } from './support/main';
import { packageExtension } from './support/packageExtension';

await main(packageExtension);
