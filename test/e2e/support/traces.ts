import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Exchange } from '../../../src/sandbox/index';
import type { Workbench } from '../../workbench/openWorkbench';

const loginOperations: readonly Exchange['operation'][] = [
  'PostUsersLogin',
  'PostUsers2faLogin',
  'PostAuthToken',
  'GetRegistryToken',
];
const tokenFields: readonly string[] = ['token', 'access_token', 'login_2fa_token'];

/** Tokens that Docker Hub and its registry gave out, those of half a sign-in included. */
export function tokensOf(exchanges: readonly Exchange[]): readonly string[] {
  return exchanges
    .filter(({ operation }) => loginOperations.includes(operation))
    .flatMap(({ responseBody }) => Object.entries(responseBody ?? {}))
    .flatMap(([field, value]) => (tokenFields.includes(field) ? [String(value)] : []));
}

/**
 * Places where one of the secrets was left: files of the server (settings, state, logs of the extension and of the page),
 * the page's own storage, and what the page shows. What was installed is left out: the sandbox has its own passwords.
 */
export async function tracesOf(secrets: readonly string[], workbench: Workbench): Promise<readonly string[]> {
  const holdsSecret = (text: string) => secrets.some((secret) => text.includes(secret));
  const root = dirname(workbench.workspace);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => !file.startsWith(join(root, 'data/extensions')))
    .filter((file) => holdsSecret(readFileSync(file, 'latin1')));
  const stores = Object.entries(await browserStores(workbench))
    .filter(([, text]) => holdsSecret(text))
    .map(([store]) => store);
  return [...files, ...stores];
}

/** A script of the page, whose types are not known here. */
const readStores = `(async () => {
  const rowsOf = (store) => new Promise((resolve, reject) => {
    const request = store.getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const open = (name) => new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const databases = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await open(name);
    for (const store of database.objectStoreNames) {
      databases[name + '/' + store] = await rowsOf(database.transaction(store).objectStore(store));
    }
    database.close();
  }
  return {
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    indexedDB: JSON.stringify(databases, (key, value) =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value),
    address: location.href,
    page: document.documentElement.outerHTML,
  };
})()`;

/** What the page keeps, and what it shows. */
export async function browserStores({ page }: Workbench): Promise<Record<string, string>> {
  return page.evaluate<Record<string, string>>(readStores);
}
