/** The four operations that every server offers, by the names of the published contract, its spelling included. */
export const seedOperations = [
  'PostUsersLogin',
  'GetNamespacesRepositorieImagesSummary',
  'GetNamespacesRepositoriesImages',
  'PostNamespacesDeleteImages',
] as const;
export type SeedOperationId = (typeof seedOperations)[number];

/** Other ways to sign in, under names of our own. */
export type LoginOperationId = 'PostAuthToken' | 'PostUsers2faLogin';

/** Listing routes, under names of our own. */
export type ListingOperationId =
  | 'GetUser'
  | 'GetUserOrganisations'
  | 'GetOwnNamespaces'
  | 'GetNamespaceRepositories'
  | 'GetNamespaceRepository';

/** What today's Docker Hub has instead of image management, under names of our own. */
export type TodayOperationId = 'GetManifests' | 'GetTags' | 'GetTag' | 'DeleteTag';

/** The registry and its token server, under names of our own. */
export type RegistryOperationId =
  | 'GetRegistryToken'
  | 'GetRegistry'
  | 'PutRegistryManifest'
  | 'HeadRegistryBlob'
  | 'GetRegistryBlob'
  | 'PostBlobUpload'
  | 'PatchBlobUpload'
  | 'PutBlobUpload'
  | 'GetBlobUpload'
  | 'DeleteBlobUpload'
  | 'HeadRegistryManifest'
  | 'GetRegistryManifest'
  | 'DeleteRegistryManifest'
  | 'GetRegistryTags'
  | 'GetReferrers';

export type OperationId =
  SeedOperationId | LoginOperationId | ListingOperationId | TodayOperationId | RegistryOperationId;
