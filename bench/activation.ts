import { openHubImages } from '../test/workbench/driver';
import type { Activation } from './observer/activation';
import { measureClaim } from './support/claim';
import { median, msText } from './support/measure';
import { Observer } from './support/observer';
import { withServer } from './support/server';
import { withWorkbench } from './support/workbench';

const starts = 20;
const limitMs = 15;

/**
 * Every load of the window starts another extension host. The editor itself measures and tells what is held against the
 * claim: the call of `activate()`, and until the editor took up what that returned.
 */
await measureClaim(
  { title: `activate(), median of ${starts} starts of the extension host`, target: `at most ${limitMs} ms` },
  () =>
    withServer({}, (url) => {
      const observer = new Observer();
      return withWorkbench(
        url,
        async ({ page, reload }) => {
          const activations: Activation[] = [];
          let host = await observer.processAfter(undefined);
          while (activations.length < starts) {
            await reload();
            await openHubImages(page);
            host = await observer.processAfter(host);
            activations.push(await observer.ask('activation'));
          }
          const medianOf = (figure: (one: Activation) => number) => median(activations.map(figure));
          const wholeMs = medianOf(({ callMs, finishMs }) => callMs + finishMs);
          const callMs = medianOf((one) => one.callMs);
          const loadMs = medianOf((one) => one.loadMs);
          return {
            measured: `${msText(wholeMs)}, of which ${msText(callMs)} the call itself; ${msText(loadMs)} before that its modules were loaded`,
            isMet: wholeMs <= limitMs,
          };
        },
        observer.options,
      );
    }),
);
