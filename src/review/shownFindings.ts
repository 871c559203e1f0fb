import type { DeletionReview } from '../hub/deletion/review';
import { type ReviewEntry, reportedTags } from '../hub/deletion/reviewEntry';
import type { ImageKey } from '../hub/deletionRequest';
import type { Row } from './rowMatch';

/**
 * Why an acceptance is refused:
 *
 * - `notSent`: the webview was not sent the image, or it has left the plan
 * - `tagsChanged`: its tags have changed since it was sent
 * - `findingsChanged`: anything else that has to be accepted, or the errors, or it is not known what has changed
 */
export type AcceptanceRefusal = 'notSent' | 'tagsChanged' | 'findingsChanged';

/** The findings that the webview was sent. Only these can be accepted, and only while they are the current ones. */
export class ShownFindings {
  readonly #review: Pick<DeletionReview, 'get' | 'findingsRevision'>;
  readonly #sent = new Map<ImageKey, ReviewEntry>();
  #sentRevision: number | undefined;

  constructor(review: Pick<DeletionReview, 'get' | 'findingsRevision'>) {
    this.#review = review;
  }

  /** Notes that the webview has loaded anew, and shows nothing yet. */
  clear(): void {
    this.#sent.clear();
    this.#sentRevision = undefined;
  }

  /** Notes that a state is sent now. */
  noteState(): void {
    this.#sentRevision = this.#review.findingsRevision;
  }

  /** Notes that these rows are sent now. */
  noteRows(rows: readonly Row[]): void {
    for (const { entry } of rows) {
      this.#sent.set(entry.key, entry);
    }
  }

  /**
   * Whether an acceptance for several images may count.
   *
   * @param revision Revision of all findings that the person saw.
   */
  isCurrent(revision: number): boolean {
    return revision === this.#review.findingsRevision && revision === this.#sentRevision;
  }

  /**
   * Determines whether an acceptance for one image is refused.
   *
   * @param revision Revision of the image's findings that the person saw.
   * @returns `undefined` if it counts.
   */
  refusalOf(key: ImageKey, revision: number): AcceptanceRefusal | undefined {
    const current = this.#review.get(key);
    const sent = this.#sent.get(key);
    if (current === undefined || sent === undefined) {
      return 'notSent';
    }
    if (revision === current.findingsRevision && revision === sent.findingsRevision) {
      return undefined;
    }
    const isKnown = revision === sent.findingsRevision;
    return isKnown && tagSet(sent) !== tagSet(current) ? 'tagsChanged' : 'findingsChanged';
  }
}

function tagSet({ warnings }: ReviewEntry): string {
  return [...new Set(reportedTags(warnings))].sort().join(' '); // a tag cannot contain a space
}
