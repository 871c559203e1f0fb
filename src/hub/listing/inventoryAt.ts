import { lastActivity, statusAt } from '../activity';
import { type Image, type ImagesSummary, partsFirst } from '../model';
import type { Inventory } from './inventory';

/**
 * Recomputes the status of every image for another `activeFrom`, from the times of the image. An image without known
 * times keeps its status.
 */
export function inventoryAt(inventory: Inventory, activeFrom: Date): Inventory {
  if (activeFrom.getTime() === inventory.activeFrom.getTime()) {
    return inventory; // keeps the status reported by the server
  }
  const done = new Map<Image, Image>();
  for (const image of partsFirst(inventory.images)) {
    done.set(image, imageAt(image, activeFrom, done));
  }
  return { ...inventory, activeFrom, images: inventory.images.map((image) => done.get(image) ?? image) };
}

/** Whether a summary for the same `activeFrom` has the same totals. */
export function agreesWithSummary({ images }: Inventory, summary: ImagesSummary): boolean {
  const active = images.filter(({ status }) => status === 'active').length;
  return (
    summary.total === images.length &&
    summary.active === active &&
    summary.inactive + (summary.unknown ?? 0) === images.length - active
  );
}

function imageAt(image: Image, activeFrom: Date, done: ReadonlyMap<Image, Image>): Image {
  return {
    ...image,
    status: lastActivity(image) === undefined ? image.status : statusAt(image, activeFrom),
    ...(image.parts !== undefined && { parts: image.parts.map((part) => done.get(part) ?? part) }),
  };
}
