import type { Moment } from './scenario';

/** As much of a request as tells its kind. */
export interface RequestLike {
  readonly method: string;
  readonly path: string;
  readonly requestBody: unknown;
}

/** Whether the request is one of the kind; which of them is for the caller to count. */
export function isMoment({ of }: Pick<Moment, 'of'>, { method, path, requestBody }: RequestLike): boolean {
  switch (of) {
    case 'any':
      return true;
    case 'images':
      return path.endsWith('/images');
    case 'summary':
      return path.endsWith('/images-summary');
    case 'dryRun':
      return path.endsWith('/delete-images') && isDryRun(requestBody);
    case 'delete':
      return path.endsWith('/delete-images') && !isDryRun(requestBody);
    case 'manifests':
      return path.startsWith('/v2/namespaces/') && path.endsWith('/manifests');
    case 'tags':
      return path.startsWith('/v2/namespaces/') && path.endsWith('/tags');
    case 'tagNames':
      return path.endsWith('/tags/list') && !path.startsWith('/v2/namespaces/');
    case 'token':
      return path === '/token';
    case 'head':
      return method === 'HEAD';
    case 'deleteTag':
      return method === 'DELETE' && path.includes('/tags/');
    case 'deleteManifest':
      return method === 'DELETE' && path.includes('/manifests/');
    case 'index':
      return method === 'GET' && path.includes('/manifests/');
    case 'referrers':
      return path.includes('/referrers/');
  }
}

function isDryRun(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'dry_run' in body && body.dry_run === true;
}
