import { chromium, type Browser } from 'playwright-core';
import { bringChromium } from './bringChromium';

/** Starts a browser without a window and with an empty profile. */
export async function launchChromium(executablePath = bringChromium()): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
