import * as v from 'valibot';
import type { DeletionMetrics } from '../deletionAnswer';
import type { DeletionRequest } from '../deletionRequest';
import { type Blocker, type DeletionWarning, hubBlockerKinds, warningKinds } from '../findings';
import {
  count,
  digest,
  emptyableList,
  flag,
  object,
  oneOf,
  repositoryName,
  text,
  type WireSchema,
} from '../wireShape';
import { encodeInstant } from './wire';

/** The body of a `delete-images` request: `PostNamespacesDeleteImagesRequest` in the API description. */
export interface DeleteImagesBody {
  readonly dry_run: boolean;
  readonly active_from: string;
  readonly manifests: readonly { readonly repository: string; readonly digest: string }[];
  readonly ignore_warnings?: readonly DeletionWarning[];
}

/** Encodes a dry run. It ignores no warning, so that the answer contains all of them. */
export function encodeDryRun(request: DeletionRequest): DeleteImagesBody {
  return { dry_run: true, ...encodeRequest(request) };
}

/** Encodes a deletion. Each ignored warning is sent with the same fields as in the dry run. */
export function encodeDeletion(
  request: DeletionRequest,
  ignoredWarnings: readonly DeletionWarning[],
): DeleteImagesBody {
  return { dry_run: false, ...encodeRequest(request), ignore_warnings: ignoredWarnings.map(encodeWarning) };
}

function encodeRequest({ repository, activeFrom, digests }: DeletionRequest) {
  return {
    active_from: encodeInstant(activeFrom),
    manifests: digests.map((each) => ({ repository: repository.name, digest: each })),
  };
}

function encodeWarning({ repository, digest: of, warning, tags }: DeletionWarning): DeletionWarning {
  return { repository, digest: of, warning, ...(tags === undefined ? {} : { tags }) };
}

/** The field of a successful answer that is checked before all others: it must equal `dry_run` of the request. */
export const dryRunEcho = object({ dry_run: flag });

/** The metrics of a successful answer: `PostNamespacesDeleteImagesResponseSuccess` in the API description. */
export const deletionAnswer: WireSchema<DeletionMetrics> = v.pipe(
  object({
    metrics: object({
      manifest_deletes: count,
      manifest_errors: count,
      tag_deletes: count,
      tag_errors: count,
    }),
  }),
  v.transform(({ metrics }) => ({
    manifestDeletes: metrics.manifest_deletes,
    manifestErrors: metrics.manifest_errors,
    tagDeletes: metrics.tag_deletes,
    tagErrors: metrics.tag_errors,
  })),
);

const warning: WireSchema<DeletionWarning> = v.pipe(
  object({
    repository: repositoryName,
    digest,
    warning: oneOf(warningKinds),
    tags: v.nullish(v.array(text, 'expected a list')),
  }),
  v.transform(({ tags, ...rest }) => (tags === null || tags === undefined ? rest : { ...rest, tags })),
);

const blocker: WireSchema<Blocker> = object({
  repository: repositoryName,
  digest,
  error: oneOf(hubBlockerKinds),
});

/** Matches a 400 with details about single images. Without them it is an error, not a refusal. */
export const hasRefusalDetails = object({ errinfo: object({ details: object({}) }) });

/** The findings of a refusal: `PostNamespacesDeleteImagesResponseError` in the API description. */
export const refusalAnswer = v.pipe(
  object({
    errinfo: object({
      details: object({ errors: emptyableList(blocker), warnings: emptyableList(warning) }),
    }),
  }),
  v.transform(({ errinfo: { details } }) => ({ blockers: details.errors, warnings: details.warnings })),
);
