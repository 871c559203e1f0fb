import assert from 'node:assert/strict';
import { kindOf, mayHaveSubject } from '../../../../src/hub/registry/manifestKind';

describe('kind of a manifest', () => {
  const rows = [
    ['application/vnd.oci.image.index.v1+json', 'index', true],
    ['application/vnd.docker.distribution.manifest.list.v2+json', 'index', false],
    ['application/vnd.oci.image.manifest.v1+json', 'image', true],
    ['application/vnd.docker.distribution.manifest.v2+json', 'image', false],
    ['application/vnd.docker.distribution.manifest.v1+json', 'image', false],
    ['application/vnd.docker.distribution.manifest.v1+prettyjws', 'image', false],
    ['application/vnd.oci.artifact.manifest.v1+json', 'artifact', true],
    ['Application/vnd.oci.image.INDEX.v1+json ; charset=utf-8', 'index', true],
    ['application/vnd.oci.image.index.v2+json', 'unknown', true],
    ['application/vnd.docker.container.image.v1+json', 'unknown', true],
    ['index', 'unknown', true],
    [';application/vnd.oci.image.manifest.v1+json', 'unknown', true],
    ['', 'unknown', true],
  ] as const;
  for (const [mediaType, kind, mayHave] of rows) {
    it(`is ${kind} for ${mediaType || 'no media type'}, which may ${mayHave ? '' : 'not '}have a subject`, () => {
      assert.equal(kindOf(mediaType), kind);
      assert.equal(mayHaveSubject(mediaType), mayHave);
    });
  }
});
