import { deepEqual, equal } from 'node:assert/strict';
import { RemovalPace } from '../../../../src/hub/registry/removalPace';

/** Work that goes on until it is ended. */
class Ongoing {
  readonly #ends: (() => void)[] = [];
  begun = 0;

  readonly begin = (): Promise<void> => {
    this.begun += 1;
    return new Promise((resolve) => this.#ends.push(resolve));
  };

  /** Ends the one that began first. */
  async endOne(): Promise<void> {
    this.#ends.shift()?.();
    await new Promise(setImmediate);
  }
}

describe('the pace of a removal', () => {
  it('deletes four images at a time although each look takes as long as a deletion', async () => {
    const pace = new RemovalPace(() => new Date(0), new Date(0));
    const images = new Ongoing();
    const looks = new Ongoing();
    const all = Array.from({ length: 17 }, () => pace.run(looks.begin, images.begin));
    deepEqual([images.begun, looks.begun], [1, 0]);
    await images.endOne();
    for (let begun = 5; begun <= 17; begun += 4) {
      deepEqual([images.begun, looks.begun], [begun, (begun - 1) / 4 - (begun === 17 ? 1 : 0)]);
      for (let ended = 0; ended < 4; ended += 1) {
        await images.endOne();
      }
      await looks.endOne();
    }
    await Promise.all(all);
  });

  it('starts no sixth image until a look has ended that began after the first', async () => {
    const pace = new RemovalPace(() => new Date(0), new Date(0));
    const images = new Ongoing();
    const looks = new Ongoing();
    const all = Array.from({ length: 6 }, () => pace.run(looks.begin, images.begin));
    for (let ended = 0; ended < 5; ended += 1) {
      await images.endOne();
    }
    equal(images.begun, 5);
    await looks.endOne();
    equal(images.begun, 6);
    await images.endOne();
    await Promise.all(all);
  });

  it('starts no image with knowledge of more than five seconds ago', async () => {
    let now = 0;
    const pace = new RemovalPace(() => new Date(now), new Date(0));
    const images = new Ongoing();
    const looks = new Ongoing();
    const all = [pace.run(looks.begin, images.begin), pace.run(looks.begin, images.begin)];
    now = 5_000;
    await images.endOne();
    deepEqual([images.begun, looks.begun], [1, 1]);
    await looks.endOne();
    equal(images.begun, 2);
    await images.endOne();
    await Promise.all(all);
  });
});
