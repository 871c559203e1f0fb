/** Longer than anything on loopback takes on a busy machine, and shorter than the ten seconds that a unit test may take. */
const deadlineMs = 8_000;

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
