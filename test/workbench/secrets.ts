import type { Page } from 'playwright-core';

/** 32 bytes, the same for every page: with them what is in SecretStorage survives a reload, as on a desktop. */
const KEY = Buffer.alloc(32, 'hub-images');

/** Answers the page's request for the key with which it keeps its secrets. */
export async function keepSecrets(page: Page): Promise<void> {
  await page.route('**/mint-key', (route) =>
    route.fulfill({ contentType: 'application/octet-stream', body: KEY }),
  );
}
