import type { NamespaceName, RepositoryRef } from '../hub/names';
import type { NamespaceEntry, RepositoryEntry } from './entries';

/** What happened to the data that was read from the server in use. */
export type CatalogEvent =
  /** Another server is in use, another account, or none: nothing that was read before applies. */
  | { readonly kind: 'serverChanged' }
  /** All namespaces were listed, or could not be; also when nothing new was read for it. */
  | { readonly kind: 'namespacesListed'; readonly entries: readonly NamespaceEntry[] }
  /** The same for the repositories of one namespace. */
  | {
      readonly kind: 'repositoriesListed';
      readonly namespace: NamespaceName;
      readonly entries: readonly RepositoryEntry[];
    }
  /** The counts or the images of one repository were read, or another view of it was chosen. */
  | { readonly kind: 'repositoryChanged'; readonly repository: RepositoryRef }
  /** Images were read another time: each of them may have another status. */
  | { readonly kind: 'imagesReadAgain' }
  /** The settings add other namespaces or repositories. */
  | { readonly kind: 'addedChanged' }
  /** The settings have another activity window: counts and images are out of date. */
  | { readonly kind: 'windowChanged' }
  /** Whatever failed is read again on the next request for it. */
  | { readonly kind: 'failuresCleared' };
