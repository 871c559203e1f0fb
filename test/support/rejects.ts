import assert from 'node:assert/strict';
import { HubError, type HubErrorKind } from '../../src/hub/errors';

/** Waits for the failure of that kind. */
export async function rejectsWith(kind: HubErrorKind, work: Promise<unknown>): Promise<HubError> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof HubError, `not a HubError: ${String(error)}`);
    assert.equal(error.kind, kind, error.message);
    return error;
  }
  assert.fail(`resolved, though ${kind} was expected`);
}
