import assert from 'node:assert/strict';
import { imageIcon, imageKind, partIcon, partKind } from '../../../src/providers/rowIcons';
import type { Image } from '../../../src/hub/model';
import { imageOf } from '../../support/images';

type Facts = Partial<Image>;

const roles = [undefined, 'index', 'attestation', 'signature'] as const;
const doubts = [undefined, 'disputed', 'undetermined', 'unreadable'] as const;
const statuses = ['active', 'inactive', 'unknown'] as const;

/** The first that applies decides. */
const imageRows: readonly [
  name: string,
  applies: (image: Image, isProtected: boolean) => boolean,
  icon: string,
][] = [
  ['protected', (_, isProtected) => isProtected, 'shield'],
  ['tags disputed', ({ doubt }) => doubt === 'disputed', 'git-compare'],
  ['not read', ({ doubt }) => doubt === 'unreadable', 'warning'],
  ['may belong to another image', ({ doubt }) => doubt === 'undetermined', 'question'],
  ['attestation', ({ role }) => role === 'attestation', 'verified'],
  ['signature or other artifact', ({ role }) => role === 'signature', 'file-binary'],
  ['activity unknown', ({ status }) => status === 'unknown', 'question'],
  ['multi-platform image', ({ role }) => role === 'index', 'layers'],
  ['image', () => true, 'package'],
];

const partRows: readonly [facts: Facts, kind: string, icon: string][] = [
  [{ role: 'index', doubt: 'disputed', platform: 'linux/amd64' }, 'index', 'git-compare'],
  [{ platform: 'linux/amd64', doubt: 'disputed' }, 'platform', 'git-compare'],
  [{ platform: 'linux/amd64', doubt: 'undetermined' }, 'platform', 'circuit-board'],
  [{ platform: 'linux/amd64', status: 'unknown' }, 'platform', 'circuit-board'],
  [{ role: 'index', platform: 'linux/amd64' }, 'index', 'layers'],
  [{ role: 'attestation' }, 'attestation', 'verified'],
  [{ role: 'signature' }, 'signature', 'key'],
  [{}, 'image', 'package'],
];

describe('icons of images', () => {
  it('are chosen by what keeps the image from being deleted, then by what it is', () => {
    const met = new Set<string>();
    for (const role of roles) {
      for (const doubt of doubts) {
        for (const status of statuses) {
          for (const isProtected of [true, false]) {
            const image = imageOf('a', { ...(role && { role }), ...(doubt && { doubt }), status });
            const row = imageRows.find(([, applies]) => applies(image, isProtected));
            assert.ok(row);
            const [name, , icon] = row;
            met.add(name);
            assert.equal(imageIcon(image, isProtected), icon, `${name}: ${JSON.stringify(image)}`);
          }
        }
      }
    }
    assert.equal(met.size, imageRows.length);
  });

  it('are different for everything that differs', () => {
    const byIcon = new Map(imageRows.map(([name, , icon]) => [icon, name]));
    assert.equal(byIcon.size, imageRows.length - 1, 'both kinds of unknown have a question mark');
  });

  it('show no platform, no signature and no artifact where that is not known', () => {
    assert.equal(imageKind(imageOf('a')), 'image');
    assert.equal(imageKind(imageOf('a', { platform: 'linux/amd64' })), 'image');
    assert.equal(imageKind(imageOf('a', { role: 'signature' })), 'artifact');
  });

  for (const [facts, kind, icon] of partRows) {
    it(`are ${icon} for a part: ${JSON.stringify(facts)}`, () => {
      const part = imageOf('a', facts);
      assert.equal(partKind(part), kind);
      assert.equal(partIcon(part), icon);
    });
  }
});
