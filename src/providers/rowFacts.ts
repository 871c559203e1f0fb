import type { RepositoriesView } from '../catalog/repositoriesView';
import { defaultImagesView, type ImagesView } from '../catalog/viewOptions';
import type { ImageApiKind } from '../hub/autoImageApi';
import type { Image, ImagesSummary, Repository } from '../hub/model';
import type { RepositoryRef } from '../hub/names';
import type { GroupNode, RepositoryNode } from './nodes';

/** What may change in a repository's row while its node stays the same. */
export interface RepositoryFacts {
  readonly summary: ImagesSummary | undefined;
  readonly summaryError: unknown;
  readonly view: ImagesView;
  /** As it was listed last. */
  readonly listed: Repository | undefined;
}

/** The facts of a repository before anything was read. */
export const nothingKnown: RepositoryFacts = {
  summary: undefined,
  summaryError: undefined,
  view: defaultImagesView,
  listed: undefined,
};

/** What rows are made from in addition to their nodes. */
export interface RowFacts {
  /** Host of the server; a part of the rows' addresses. */
  readonly server: string;
  readonly now: () => Date;
  /** Which API images are read and deleted with; `undefined` before the first request for images. */
  readonly imageApi: ImageApiKind | undefined;
  readonly repository: (node: RepositoryNode) => RepositoryFacts | undefined;
  /** How the repositories are shown. */
  readonly repositoriesView: RepositoriesView;
  /** Whether a row below the group is open. The group is then expanded to show it. */
  readonly holdsOpenRow: (group: GroupNode) => boolean;
  /** Instant from which activity counts for the images of the repository. */
  readonly activeFrom: (node: RepositoryNode) => Date | undefined;
  /** Whether it is known that the setting "hubImages.protect" protects the image by its own tags. */
  readonly isProtected: (repository: RepositoryRef, image: Image) => boolean;
}
