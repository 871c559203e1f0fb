import { activityStatus, lastActivity } from '../activity';
import type { Image, ImagesSummary } from '../model';
import type { Inventory } from './inventory';

/**
 * The same images judged against another instant, by their own times. An image whose times are not known keeps the status
 * it has: no instant says more of it.
 */
export function inventoryAt(inventory: Inventory, activeFrom: Date): Inventory {
  if (activeFrom.getTime() === inventory.activeFrom.getTime()) {
    return inventory; // as the server judged it
  }
  return { ...inventory, activeFrom, images: inventory.images.map((image) => imageAt(image, activeFrom)) };
}

/** Whether a summary against the same instant counts the same totals; in those, what is unknown is inactive. */
export function agreesWithSummary({ images }: Inventory, summary: ImagesSummary): boolean {
  const active = images.filter(({ status }) => status === 'active').length;
  return (
    summary.total === images.length &&
    summary.active === active &&
    summary.inactive === images.length - active
  );
}

function imageAt(image: Image, activeFrom: Date): Image {
  return {
    ...image,
    status: lastActivity(image) === undefined ? image.status : activityStatus(image, activeFrom),
    ...(image.parts !== undefined && { parts: image.parts.map((part) => imageAt(part, activeFrom)) }),
  };
}
