import type { Moment } from './scenario';

/** As much of a request as tells its kind. */
export interface RequestLike {
  readonly path: string;
  readonly requestBody: unknown;
}

/** Whether the request is one of the kind; which of them is for the caller to count. */
export function isMoment({ of }: Pick<Moment, 'of'>, { path, requestBody }: RequestLike): boolean {
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
  }
}

function isDryRun(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'dry_run' in body && body.dry_run === true;
}
