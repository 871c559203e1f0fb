import assert from 'node:assert/strict';
import type { AnswerRecord } from '../../../src/hub/deletion/journal';
import { manifestResults } from '../../../src/hub/deletionAnswer';
import { reasonText } from '../../../src/history/texts/reasons';
import { answerText } from '../../../src/history/texts/requests';
import { keyOf } from '../../support/runs';

const written = { at: '2026-06-01T12:00:00.000Z', number: 1 };
const textOf = (answer: AnswerRecord['answer']) =>
  answerText({
    request: { type: 'request', ...written, images: [], ignoredWarnings: [] },
    answer: { type: 'answer', ...written, answer },
  });
const metrics = { manifestDeletes: 2, manifestErrors: 1, tagDeletes: 3, tagErrors: 0 };

describe('the text of a recorded answer', () => {
  it('counts what the server reports of a request as a whole', () => {
    assert.equal(
      textOf({ kind: 'completed', metrics }),
      'completed; images deleted: 2; tags deleted: 3; images not deleted: 1',
    );
    assert.equal(
      textOf({ kind: 'completed', metrics: { ...metrics, manifestErrors: 0, tagErrors: 4 } }),
      'completed; images deleted: 2; tags deleted: 3; tags with an error or without a response: 4',
    );
  });

  it('does not say that a request was completed if any of its images was not deleted, and counts the others by result', () => {
    const results = manifestResults.map((result, index) => ({ key: keyOf(`image ${index}`), result }));
    assert.equal(
      textOf({ kind: 'completed', metrics, results }),
      'ended early; images deleted: 2; tags deleted: 3; images not deleted: 1; images without a usable response: 1; images not requested: 1',
    );
    assert.equal(
      textOf({ kind: 'completed', metrics, results: results.slice(0, 1) }),
      'completed; images deleted: 2; tags deleted: 3',
    );
  });

  it('gives the reason of a refusal or of a lost response in plain words', () => {
    assert.equal(
      textOf({ kind: 'refused', reason: 'rateLimited 429', warnings: [], blockers: [] }),
      'refused: too many requests (429)',
    );
    assert.equal(
      textOf({ kind: 'lost', reason: 'timeout' }),
      'no response in time; the outcome of each image shows whether the request had an effect',
    );
  });

  it('says of a request that was not sent that it had no effect', () => {
    assert.equal(textOf({ kind: 'withdrawn' }), 'canceled before it was sent, so it had no effect');
  });
});

describe('the recorded reason of a failure', () => {
  it('is put into words, with the status of the response', () => {
    assert.equal(reasonText('tooLarge'), 'the response was too large');
    assert.equal(reasonText('server 503'), 'the server reported an error (503)');
    assert.equal(reasonText('unexpected'), 'an unexpected error');
  });

  it('is returned as it is if another version wrote it', () => {
    for (const reason of ['', 'newer 418', 'toString', '__proto__']) {
      assert.equal(reasonText(reason), reason);
    }
  });
});
