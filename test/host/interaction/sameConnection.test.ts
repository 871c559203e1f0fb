import assert from 'node:assert/strict';
import type { HubConnection } from '../../../src/connection/hubConnection';
import { onSameConnection } from '../../../src/interaction/sameConnection';
import type { Services } from '../../../src/interaction/services';
import { CapturedWindow } from '../../support/capturedWindow';

/** Connections are compared by identity. */
const connection = (origin: string) => ({ origin }) as HubConnection;
const hub = connection('https://hub.example');
const sandbox = connection('http://127.0.0.1:1');

describe('a question about what the server in use has', () => {
  for (const [name, before, after, expected, texts] of [
    ['is answered while the server is in use', hub, hub, 'yes', []],
    ...(
      [
        ['the sandbox was left', sandbox, hub],
        ['the user has signed out', hub, undefined],
        ['the user has signed in', undefined, hub],
      ] as const
    ).map(
      ([rule, first, second]) =>
        [
          `has no answer if ${rule} meanwhile`,
          first,
          second,
          undefined,
          ['Another server or account is in use now. Nothing was planned.'],
        ] as const,
    ),
  ] as const) {
    it(name, async () => {
      const captured = new CapturedWindow({});
      const connections = { current: before };
      try {
        const answer = await onSameConnection(
          { connections } as unknown as Pick<Services, 'connections'>, // nothing else of it is used
          () => {
            connections.current = after;
            return Promise.resolve('yes');
          },
        );
        assert.equal(answer, expected);
      } finally {
        captured.restore();
      }
      assert.deepEqual(captured.texts, texts);
    });
  }
});
