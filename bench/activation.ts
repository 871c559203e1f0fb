import { openHubImages } from '../test/workbench/driver';
import type { Activation } from './observer/activation';
import { measureClaim } from './support/claim';
import { median, msText } from './support/measure';
import { measuredVsix, Observer } from './support/observer';
import { withServer } from './support/server';
import { withWorkbench } from './support/workbench';

const starts = 20;
const limitMs = 15;

/**
 * Every load of the window starts another extension host. Held against the claim is what the extension takes: the call
 * of `activate()` and what that has queued. The editor's own figures are told beside it.
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
          const ownMs = medianOf(({ own }) => own.callMs + own.queuedMs);
          const queuedMs = medianOf(({ own }) => own.queuedMs);
          const editorMs = medianOf(({ byEditor }) => byEditor.callMs + byEditor.finishMs);
          const loadMs = medianOf(({ byEditor }) => byEditor.loadMs);
          return {
            measured: `${ownMs.toFixed(1)} ms, of which ${queuedMs.toFixed(1)} ms after the call; the editor went on after ${msText(editorMs)}, with other extensions activated in between; ${msText(loadMs)} before that its modules were loaded`,
            isMet: ownMs <= limitMs,
          };
        },
        { ...observer.options, vsix: [measuredVsix(), ...observer.options.vsix] },
      );
    }),
);
