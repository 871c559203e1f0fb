/** Longer than anything on loopback takes, and shorter than what a test may take. */
const deadlineMs = 1_500;

/** Waits for something that other work brings about; fails instead of waiting for ever. */
export async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  do {
    if (Date.now() > deadline) {
      throw new Error(`did not come about within ${deadlineMs} ms: ${isSo.toString()}`);
    }
    await new Promise(setImmediate);
  } while (!isSo());
}
