import { activityStatus, lastActivity } from '../activity';
import type { Image, ImagesSummary } from '../model';
import type { Inventory } from './inventory';

/**
 * Recomputes the status of every image for another `activeFrom`, from the times of the image. An image without known
 * times keeps its status.
 */
export function inventoryAt(inventory: Inventory, activeFrom: Date): Inventory {
  if (activeFrom.getTime() === inventory.activeFrom.getTime()) {
    return inventory; // keeps the status reported by the server
  }
  return { ...inventory, activeFrom, images: inventory.images.map((image) => imageAt(image, activeFrom)) };
}

/**
 * Whether a summary for the same `activeFrom` has the same totals. A summary counts images of unknown status as
 * inactive.
 */
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
