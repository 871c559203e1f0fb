import type { HubFetch } from './sendRequest';

/** Sends requests with node-fetch, which is loaded with the first request to keep activation fast. */
export const defaultFetch: HubFetch = async (url, init) => {
  const { default: nodeFetch } = await import('node-fetch');
  init.signal.throwIfAborted(); // as in sendRequest; it may have been aborted during the import
  return nodeFetch(url, init);
};
