import { mock } from 'node:test';
import { until } from './until';

/** Longer than any timeout in the tests. */
const beyondTimeoutsMs = 60 * 60 * 1000;

/**
 * Sends a request whose timeout expires as soon as the request has arrived, and not before: on a busy machine, a short
 * timeout of real time can end a request that was not sent yet.
 *
 * @param send Starts every timer of the request, and no other that matters here.
 */
export async function expireOnArrival<T>(send: () => Promise<T>, hasArrived: () => boolean): Promise<T> {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    let isSettled = false;
    const sent = send();
    const settle = () => {
      isSettled = true;
    };
    sent.then(settle, settle);
    await until(() => isSettled || hasArrived());
    mock.timers.tick(beyondTimeoutsMs);
    return await sent;
  } finally {
    mock.timers.reset();
  }
}
