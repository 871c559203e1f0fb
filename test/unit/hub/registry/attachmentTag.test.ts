import assert from 'node:assert/strict';
import { subjectOfTag } from '../../../../src/hub/registry/attachmentTag';
import { digestOf } from '../../../support/images';

const one = digestOf('one');

describe('tag of an attachment', () => {
  const hex = one.slice('sha256:'.length);
  const rows: readonly (readonly [string, boolean])[] = [
    [`sha256-${hex}`, true],
    [`sha256-${hex}.sig`, true],
    [`sha256-${hex}-x`, true],
    [`sha256-${hex}0`, false],
    [`sha256-${hex}f.sig`, false],
    [`sha256-${hex.slice(1)}`, false],
    [`sha256-${hex.toUpperCase()}`, hex === hex.toUpperCase()],
    [`sha512-${hex}`, false],
    [`xsha256-${hex}`, false],
    [`sha256:${hex}`, false],
    ['latest', false],
    ['', false],
  ];
  for (const [tag, isOne] of rows) {
    it(`is ${isOne ? '' : 'not '}${tag.replace(hex, '<digest>') || 'an empty one'}`, () => {
      assert.equal(subjectOfTag(tag), isOne ? one : undefined);
    });
  }
});
