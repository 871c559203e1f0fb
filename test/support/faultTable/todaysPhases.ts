import { selectImages } from '../../../src/hub/deletion/imageSelection';
import { readInventory } from '../../../src/hub/listing/inventory';
import type { ExchangeRequest, OperationId } from '../../../src/sandbox/index';
import { approve, carryOut, check, type Phase, phases, reported } from './phases';
import { repository, type Stage, stageActiveFrom, type StageOptions } from './stage';

const isOperation = (operation: OperationId) => (request: ExchangeRequest) => request.operation === operation;

/** A page of images, of which one list meets the fault. */
function page(name: string, operation: OperationId): Phase {
  return {
    name: `page: ${name}`,
    play: (stage, inject) => {
      inject(isOperation(operation));
      return reported(stage, async () => {
        const query = { activeFrom: stageActiveFrom, page: 1, pageSize: 100 };
        const { images, gaps = [] } = await stage.api.listImages(repository, query, stage.abort.signal);
        const unknown = images.filter(({ status }) => status === 'unknown').length;
        return [`${images.length} images`, `${unknown} unknown`, ...gaps].join(', ');
      });
    },
  };
}

function inventory(name: string, operation: OperationId): Phase {
  return {
    name: `inventory: ${name}`,
    play: (stage, inject) => {
      inject(isOperation(operation));
      return reported(stage, async () => {
        const options = { activeFrom: stageActiveFrom, pageSize: 100, signal: stage.abort.signal };
        const found = await readInventory(stage.api, repository, options);
        const { selected } = selectImages(found, { status: 'inactive' }, stage.http.serverNow());
        return `plan of ${selected.length}`;
      });
    },
  };
}

/** What has to be read after the question. */
function contents(name: string, operation: OperationId): Phase {
  return {
    name: `contents: ${name}`,
    play: (stage, inject) => {
      inject(isOperation(operation));
      return reported(stage, async () => {
        const needed = await stage.neededReading();
        await needed?.read({ signal: stage.abort.signal });
        const left = (await stage.neededReading())?.requests ?? 0;
        return left === 0 ? 'everything known' : `${left} not known`;
      });
    },
  };
}

function dryRun(name: string, operation: OperationId): Phase {
  return {
    name: `dry run: ${name}`,
    play: async (stage, inject) => {
      await stage.list();
      inject(isOperation(operation));
      return check(stage);
    },
  };
}

/** The deletion, of which one kind of request meets the fault, from the one phase of the flow on. */
function deletion(
  name: string,
  phase: 'rechecking' | 'deleting' | 'verifying',
  operation: OperationId,
  more: { readonly options?: Partial<StageOptions>; readonly prepare?: (stage: Stage) => void } = {},
): Phase {
  return {
    name,
    ...(more.options !== undefined && { options: more.options }),
    play: async (stage: Stage, inject) => {
      await stage.list();
      const flow = await approve(stage);
      more.prepare?.(stage);
      inject((request) => flow.phase === phase && request.operation === operation);
      return carryOut(stage, flow);
    },
  };
}

/** The first request that deletes takes so long that everything is looked at again before the next. */
function slowDown(stage: Stage): void {
  stage.sandbox.faults.add({
    on: { method: 'DELETE' },
    fault: {
      kind: 'before',
      change: () => {
        stage.pass(6_000);
      },
    },
  });
}

/** The phases of a session with today's Docker Hub, in their order. */
export const todaysPhases: readonly Phase[] = [
  ...phases.filter(({ name }) => name === 'sign in' || name === 'repositories'),
  page('manifests', 'GetManifests'),
  page('tags', 'GetTags'),
  inventory('manifests', 'GetManifests'),
  inventory('tags', 'GetTags'),
  contents('token', 'GetRegistryToken'),
  contents('manifest', 'GetRegistryManifest'),
  dryRun('manifests', 'GetManifests'),
  dryRun('tags', 'GetTags'),
  deletion('fresh dry run: manifests', 'rechecking', 'GetManifests'),
  deletion('fresh dry run: tags', 'rechecking', 'GetTags'),
  deletion('delete: look', 'deleting', 'GetTags', { prepare: slowDown }),
  deletion('delete: head', 'deleting', 'HeadRegistryManifest'),
  deletion('delete: tag', 'deleting', 'DeleteTag'),
  deletion('delete: manifest', 'deleting', 'DeleteRegistryManifest'),
  deletion('verification: manifests', 'verifying', 'GetManifests'),
  deletion('verification: head', 'verifying', 'HeadRegistryManifest', { options: { listLagMs: 60_000 } }),
];
