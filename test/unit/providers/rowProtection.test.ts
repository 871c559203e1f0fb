import assert from 'node:assert/strict';
import { parseProtectionSetting } from '../../../src/hub/deletion/protectionSetting';
import { parseRepositoryRef } from '../../../src/hub/names';
import { RowProtection } from '../../../src/providers/rowProtection';
import { imageOf } from '../../support/images';

const api = parseRepositoryRef('acme/api');
const latest = imageOf('a', { tags: [{ name: 'latest', isCurrent: true }] });
const former = imageOf('a', { tags: [{ name: 'latest', isCurrent: false }] });

function protects(image: typeof latest, ...patterns: readonly unknown[]): boolean {
  return new RowProtection({ protect: parseProtectionSetting([patterns]) }).protects(api, image);
}

describe('protection shown in rows', () => {
  it('is that of the image by its current tags', () => {
    assert.equal(protects(latest, 'acme/api:latest'), true);
    assert.equal(protects(latest, 'acme/api'), true);
    assert.equal(protects(latest, 'acme/*:v*'), false);
    assert.equal(protects(former, 'acme/api:latest'), false);
    assert.equal(protects(latest), false);
  });

  it('is none while it is not known what the setting protects', () => {
    assert.equal(protects(latest, 'acme/api:latest', 'acme'), false, 'not a pattern');
    assert.equal(protects(latest, 'acme/api:latest', 'acme/[z-a]'), false, 'not a complete glob');
  });

  it('follows a change of the setting, and reads it once before', () => {
    let reads = 0;
    let patterns = ['acme/api:latest'];
    const protection = new RowProtection({
      get protect() {
        reads += 1;
        return { kind: 'valid' as const, patterns };
      },
    });
    assert.deepEqual([protection.protects(api, latest), protection.protects(api, former)], [true, false]);
    assert.equal(reads, 1);
    patterns = [];
    protection.renew();
    assert.equal(protection.protects(api, latest), false);
  });
});
