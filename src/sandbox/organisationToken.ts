/** Rights of an organization access token, as far as the sandbox has something that they open. */
export type OrganisationScope =
  | 'scope-image-pull'
  | 'scope-image-push'
  | 'scope-image-delete'
  | 'scope-tag-read'
  | 'scope-tag-admin'
  | 'scope-repository-list'
  | 'scope-repository-read';

export const everyOrganisationScope: readonly OrganisationScope[] = [
  'scope-image-pull',
  'scope-image-push',
  'scope-image-delete',
  'scope-tag-read',
  'scope-tag-admin',
  'scope-repository-list',
  'scope-repository-read',
];

/** Signs in with the name of the organization. */
export interface OrganisationToken {
  /** Begins with `dckr_oat_`. */
  readonly secret: string;
  readonly scopes: readonly OrganisationScope[];
}
