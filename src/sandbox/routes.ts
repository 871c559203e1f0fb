import { deleteImages } from './operations/deleteImages';
import {
  getRepository,
  getUser,
  listOrganisations,
  listOwnNamespaces,
  listRepositories,
} from './operations/directory';
import { imagesSummary, listImages } from './operations/images';
import { deleteTag, getTag, listManifests, listTags } from './operations/today';
import {
  deleteBlobUpload,
  getBlob,
  getBlobUpload,
  patchBlobUpload,
  postBlobUpload,
  putBlobUpload,
} from './operations/registry/blobs';
import { checkRegistry } from './operations/registry/grants';
import {
  deleteRegistryManifest,
  getRegistryManifest,
  headRegistryManifest,
  putRegistryManifest,
} from './operations/registry/manifests';
import { listReferrers } from './operations/registry/referrers';
import { listRegistryTags } from './operations/registry/tags';
import { issueRegistryToken } from './operations/registry/token';
import { exchangeAccessToken, login, loginWithCode } from './operations/login';
import type { Route } from './route';

const repository = '/v2/namespaces/:namespace/repositories/:repository';

/** The four operations of the published contract. */
export const seedRoutes: readonly Route[] = [
  { operation: 'PostUsersLogin', method: 'POST', path: '/v2/users/login', token: 'none', handle: login },
  {
    operation: 'GetNamespacesRepositorieImagesSummary',
    method: 'GET',
    path: `${repository}/images-summary`,
    token: 'required',
    handle: imagesSummary,
  },
  {
    operation: 'GetNamespacesRepositoriesImages',
    method: 'GET',
    path: `${repository}/images`,
    token: 'required',
    handle: listImages,
  },
  {
    operation: 'PostNamespacesDeleteImages',
    method: 'POST',
    path: '/v2/namespaces/:namespace/delete-images',
    token: 'required',
    handle: deleteImages,
  },
];

/** Other ways to sign in. */
export const loginRoutes: readonly Route[] = [
  {
    operation: 'PostAuthToken',
    method: 'POST',
    path: '/v2/auth/token',
    token: 'none',
    handle: exchangeAccessToken,
  },
  {
    operation: 'PostUsers2faLogin',
    method: 'POST',
    path: '/v2/users/2fa-login',
    token: 'none',
    handle: loginWithCode,
  },
];

/** Namespaces and repositories, as far as a tree needs them. */
export const listingRoutes: readonly Route[] = [
  {
    operation: 'GetUser',
    method: 'GET',
    path: '/v2/user/',
    token: 'required',
    isForUsersOnly: true,
    handle: getUser,
  },
  {
    operation: 'GetUserOrganisations',
    method: 'GET',
    path: '/v2/user/orgs/',
    token: 'required',
    isForUsersOnly: true,
    handle: listOrganisations,
  },
  {
    operation: 'GetOwnNamespaces',
    method: 'GET',
    path: '/v2/repositories/namespaces',
    token: 'required',
    isForUsersOnly: true,
    handle: listOwnNamespaces,
  },
  {
    operation: 'GetNamespaceRepositories',
    method: 'GET',
    path: '/v2/namespaces/:namespace/repositories',
    token: 'optional',
    handle: listRepositories,
  },
  {
    operation: 'GetNamespaceRepository',
    method: 'GET',
    path: repository,
    token: 'optional',
    handle: getRepository,
  },
];

/** Image management, which Docker Hub has no more. */
export const removedRoutes: readonly Route[] = seedRoutes.filter(
  ({ operation }) => operation !== 'PostUsersLogin',
);

/** What Docker Hub has today. */
export const todayRoutes: readonly Route[] = [
  {
    operation: 'GetManifests',
    method: 'GET',
    path: `${repository}/manifests`,
    token: 'required',
    handle: listManifests,
  },
  { operation: 'GetTags', method: 'GET', path: `${repository}/tags`, token: 'optional', handle: listTags },
  { operation: 'GetTag', method: 'GET', path: `${repository}/tags/:tag`, token: 'optional', handle: getTag },
  {
    operation: 'DeleteTag',
    method: 'DELETE',
    path: `${repository}/tags/:tag`,
    token: 'required',
    handle: deleteTag,
  },
];

/** The server that issues tokens for the registry, which takes no token of Docker Hub itself. */
export const registryTokenRoute: Route = {
  operation: 'GetRegistryToken',
  method: 'GET',
  path: '/token',
  token: 'none',
  handle: issueRegistryToken,
};

const manifest = '/v2/:namespace/:repository/manifests/:reference';
const blob = '/v2/:namespace/:repository/blobs/:digest';
const uploads = '/v2/:namespace/:repository/blobs/uploads/';

/** The registry. It takes no token of Docker Hub. */
export const registryRoutes: readonly Route[] = (
  [
    ['GetRegistry', 'GET', '/v2/', checkRegistry],
    ['HeadRegistryManifest', 'HEAD', manifest, headRegistryManifest],
    ['GetRegistryManifest', 'GET', manifest, getRegistryManifest],
    ['PutRegistryManifest', 'PUT', manifest, putRegistryManifest],
    ['DeleteRegistryManifest', 'DELETE', manifest, deleteRegistryManifest],
    ['GetRegistryTags', 'GET', '/v2/:namespace/:repository/tags/list', listRegistryTags],
    ['GetReferrers', 'GET', '/v2/:namespace/:repository/referrers/:digest', listReferrers],
    ['HeadRegistryBlob', 'HEAD', blob, getBlob],
    ['GetRegistryBlob', 'GET', blob, getBlob],
    ['PostBlobUpload', 'POST', uploads, postBlobUpload],
    ['PatchBlobUpload', 'PATCH', `${uploads}:upload`, patchBlobUpload],
    ['PutBlobUpload', 'PUT', `${uploads}:upload`, putBlobUpload],
    ['GetBlobUpload', 'GET', `${uploads}:upload`, getBlobUpload],
    ['DeleteBlobUpload', 'DELETE', `${uploads}:upload`, deleteBlobUpload],
  ] as const
).map(([operation, method, path, handle]) => ({ operation, method, path, token: 'none', handle }));
