import type { ImageApiKind } from '../../src/hub/autoImageApi';

/** Environment variable that tells the companion of `npm start` which API the sandbox has. */
export const DEMO_API = 'HUB_IMAGES_DEMO_API';

/** The environment of a window that shows the sandbox with this API. */
export function demoEnvironment(api: ImageApiKind): NodeJS.ProcessEnv {
  return { [DEMO_API]: api };
}
