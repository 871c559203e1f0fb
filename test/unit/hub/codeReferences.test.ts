import assert from 'node:assert/strict';
import { referencesTo, referenceText } from '../../../src/hub/codeReferences';
import { parseRepositoryRef } from '../../../src/hub/names';
import { foundReferences, referenceIn } from '../../support/foundReferences';
import { digestOf } from '../../support/images';

const repository = parseRepositoryRef('acme/api');
const digest = digestOf('one');
const image = { repository, digests: [digest], currentTags: ['latest', '1.0'] };

describe('references to an image', () => {
  const rows = [
    ['its tag', referenceIn('a'), true],
    ['its other tag', referenceIn('a', { tag: '1.0' }), true],
    ['another tag', referenceIn('a', { tag: '2.0' }), false],
    ['its digest', referenceIn('a', { digest }), true],
    ['its digest, whatever the tag', referenceIn('a', { digest, tag: '2.0' }), true],
    ['its tag, but another digest', referenceIn('a', { digest: digestOf('two'), tag: '1.0' }), false],
    ['its digest alone', referenceIn('a', { digest, repository: undefined }), true],
    ['another digest alone', referenceIn('a', { digest: digestOf('two'), repository: undefined }), false],
    ['its tag in another repository', referenceIn('a', { repository: 'acme/web' }), false],
    ['its digest in another repository', referenceIn('a', { repository: 'acme/web', digest }), false],
    ['a tag that cannot be resolved', referenceIn('a', { kind: 'nameOnly', tag: undefined }), false],
    ['its tag in documentation', referenceIn('a', { kind: 'documentation' }), true],
  ] as const;
  for (const [name, reference, means] of rows) {
    it(`${means ? 'include' : 'leave out'} ${name}`, () => {
      assert.deepEqual(referencesTo(foundReferences([reference]), image), means ? [reference] : []);
    });
  }
});

describe('the text of a reference', () => {
  it('has what the line names', () => {
    assert.equal(referenceText(referenceIn('a')), 'acme/api:latest');
    assert.equal(referenceText({ repository: 'acme/api', tag: '1.0', digest }), `acme/api:1.0@${digest}`);
    assert.equal(referenceText({ digest }), digest);
    assert.equal(referenceText({ repository: 'acme/api' }), 'acme/api');
  });
});
