import assert from 'node:assert/strict';
import { isPinnable, pinnedText } from '../../../src/workspace/pinDigest';
import { digestOf } from '../../support/images';

const now = digestOf('now');
const before = digestOf('before');
const reference = { repository: 'acme/web', tag: '1.2', digest: undefined } as const;

describe('a pinned reference', () => {
  const prefixes = [
    '',
    'docker.io/',
    'index.docker.io/',
    'registry-1.docker.io:443/',
    'docker://',
    'docker-image://docker.io/',
  ];
  for (const prefix of prefixes) {
    it(`has the digest beside its tag: ${prefix}acme/web:1.2`, () => {
      assert.equal(pinnedText(`${prefix}acme/web:1.2`, reference, now), `${prefix}acme/web:1.2@${now}`);
    });

    it(`has it in the place of another digest: ${prefix}acme/web:1.2@…`, () => {
      const pinned = { ...reference, digest: before };
      assert.equal(
        pinnedText(`${prefix}acme/web:1.2@${before}`, pinned, now),
        `${prefix}acme/web:1.2@${now}`,
      );
    });
  }

  const others = [
    'acme/web', // the tag is in another line, or the default
    'acme/web:${TAG}',
    'acme/web:${TAG:-1.2}',
    '$REGISTRY/acme/web:1.2',
    '${REGISTRY:-docker.io}/acme/web:1.2',
    'acme/web:1.2.1',
    'acme/webs:1.2',
    'acme/web:1x2',
    '"acme/web:1.2"',
    'acme/web:1.2 ',
    'acme/web:1.2\r',
    `acme/web:1.2@${before}`, // the reference has no digest
    'x/y/acme/web:1.2',
    '',
  ];
  for (const text of others) {
    it(`is not made of a text that is not the whole reference: ${JSON.stringify(text)}`, () => {
      assert.equal(pinnedText(text, reference, now), undefined);
    });
  }

  it('is not made without a repository or a tag, or of another digest than the text has', () => {
    assert.equal(pinnedText('acme/web:1.2', { ...reference, repository: undefined }, now), undefined);
    assert.equal(pinnedText('acme/web', { ...reference, tag: undefined }, now), undefined);
    assert.equal(pinnedText('acme/web:1.2', { ...reference, digest: before }, now), undefined);
  });

  it('is offered only where the line itself decides which image is used', () => {
    assert.equal(isPinnable({ kind: 'exact' }), true);
    assert.equal(isPinnable({ kind: 'exact', isDefault: true }), false);
    for (const kind of ['nameOnly', 'produced', 'documentation', 'tooling'] as const) {
      assert.equal(isPinnable({ kind }), false, kind);
    }
  });
});
