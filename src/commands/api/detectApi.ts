import type { Services } from '../../interaction/services';

/** Lets the extension detect which API the server offers, instead of the one in the settings. */
export async function detectApi({ settings }: Services): Promise<void> {
  await settings.resetApi();
}
