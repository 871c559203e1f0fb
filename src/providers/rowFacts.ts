import type { ImagesView } from '../catalog/viewOptions';
import type { ImageApiKind } from '../hub/autoImageApi';
import type { ImagesSummary } from '../hub/model';
import type { RepositoryNode } from './nodes';

/** What changes about a repository's row while its node stays the same. */
export interface RepositoryFacts {
  readonly summary: ImagesSummary | undefined;
  readonly summaryError: unknown;
  readonly view: ImagesView;
}

/** What rows are drawn from besides their nodes. */
export interface RowFacts {
  /** Host of the server, a part of the rows' addresses. */
  readonly server: string;
  readonly now: () => Date;
  /** How images are seen and deleted; `undefined` before the server was asked for any. */
  readonly imageApi: ImageApiKind | undefined;
  readonly repository: (node: RepositoryNode) => RepositoryFacts | undefined;
  /** The instant the images were judged against. */
  readonly activeFrom: (node: RepositoryNode) => Date | undefined;
}
