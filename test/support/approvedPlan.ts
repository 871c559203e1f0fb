import type { PlanFacts } from '../../src/hub/deletion/plan';
import { DeletionReview } from '../../src/hub/deletion/review';
import { ReviewedPlan } from '../../src/hub/deletion/reviewedPlan';
import type { PlannedImage, ReviewedRequest } from '../../src/hub/deletionRequest';
import { acceptanceKinds, type DeletionWarning } from '../../src/hub/findings';
import type { Inventory } from '../../src/hub/listing/inventory';
import type { Image } from '../../src/hub/model';
import { formatRepository } from '../../src/hub/names';
import { refusal } from './fakeImageApi';
import { planOf } from './images';

export interface ApprovalFacts {
  readonly warnings?: readonly DeletionWarning[];
  /** All images of each repository, by its full name; `undefined` for one that could not be listed in full. */
  readonly lists?: Readonly<Record<string, readonly Image[] | undefined>>;
  readonly plan?: Partial<PlanFacts>;
}

/** A warning of the server about an image of a plan. */
export function warningOf(
  { repository, image }: PlannedImage,
  warning: DeletionWarning['warning'],
  ...tags: readonly string[]
): DeletionWarning {
  const of = { repository: repository.name, digest: image.digest, warning };
  return warning === 'current_tag' ? { ...of, tags } : of;
}

/** A review of images after one check; nothing is accepted. */
export function checkedReview(
  images: readonly PlannedImage[],
  { warnings = [], lists = {}, plan }: ApprovalFacts = {},
): DeletionReview {
  const review = new DeletionReview(planOf(images, plan));
  review.record(images, refusal({ warnings }), false);
  for (const { repository } of images) {
    const name = formatRepository(repository);
    if (name in lists && !review.isSurveyed(repository)) {
      const list = lists[name];
      const { activeFrom } = review.plan;
      const inventory: Inventory | undefined = list && { repository, activeFrom, images: list };
      review.recordSurvey(repository, inventory, false);
    }
  }
  return review;
}

/** The plan of images when everything that a check has found is accepted. */
export function approvedPlan(images: readonly PlannedImage[], facts: ApprovalFacts = {}): ReviewedPlan {
  const review = checkedReview(images, facts);
  acceptanceKinds.forEach((kind) => review.acceptAll(kind, true));
  return ReviewedPlan.of(review, { kind: 'off' });
}

/** One request with all of these images of one repository, which nothing stands against. */
export function requestFor(...images: readonly PlannedImage[]): ReviewedRequest {
  const [request, ...others] = approvedPlan(images).requests(images.length);
  if (request === undefined || others.length > 0) {
    throw new Error('not one request');
  }
  return request;
}
