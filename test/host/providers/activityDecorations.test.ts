import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ActivityDecorations } from '../../../src/providers/activityDecorations';
import type { BadgedRow } from '../../../src/providers/serverTree';
import { imageOf } from '../../support/images';

const now = new Date('2026-06-01T12:00:00Z');
const uri = vscode.Uri.parse('hub-images://hub.docker.com/acme/api');
const changes = new vscode.EventEmitter<vscode.Uri | undefined>();

function badgeOf(row: BadgedRow | undefined): vscode.FileDecoration | undefined {
  const decorations = new ActivityDecorations(
    { rowInView: () => row, onDidChangeBadges: changes.event },
    () => now,
  );
  return decorations.provideFileDecoration(uri);
}

describe('ActivityDecorations', () => {
  after(() => changes.dispose());

  it('marks an active image with A, in colour and in words', () => {
    const lastPulled = new Date('2026-05-30T12:00:00Z');
    const badge = badgeOf({ kind: 'image', image: imageOf('a', { status: 'active', lastPulled }) });
    assert.equal(badge?.badge, 'A');
    assert.equal(badge.tooltip, 'active: last pulled 2 days ago');
    assert.deepEqual(badge.color, new vscode.ThemeColor('hubImages.activeForeground'));
  });

  it('marks an inactive image with I, in colour and in words', () => {
    const badge = badgeOf({ kind: 'image', image: imageOf('a', { lastPushed: undefined }) });
    assert.equal(badge?.badge, 'I');
    assert.equal(badge.tooltip, 'inactive: never or unknown');
    assert.deepEqual(badge.color, new vscode.ThemeColor('hubImages.inactiveForeground'));
  });

  it('says that the last pull is not known, and never that there was none', () => {
    const facts = { status: 'unknown', lastPushed: undefined, arePullsUnknown: true } as const;
    const badge = badgeOf({ kind: 'image', image: imageOf('a', facts) });
    assert.deepEqual([badge?.badge, badge?.tooltip], ['?', 'activity unknown: not known']);
    assert.equal(badge?.color, undefined);
  });

  const counts: readonly [
    inactive: number,
    unknown: number,
    badge: string | undefined,
    tooltip: string | undefined,
  ][] = [
    [0, 0, undefined, undefined],
    [1, 0, '1', '1 inactive image'],
    [12, 0, '12', '12 inactive images'],
    [99, 0, '99', '99 inactive images'],
    [100, 0, '++', '99+ inactive images (100)'],
    [1234, 0, '++', '99+ inactive images (1,234)'],
    [12, 1, '12', '12 inactive images, 1 image of unknown activity'],
    [0, 1, '?', '1 image of unknown activity'],
    [0, 1234, '?', '1,234 images of unknown activity'],
  ];
  for (const [inactive, unknown, badge, tooltip] of counts) {
    it(`marks a repository with ${badge ?? 'nothing'} for ${inactive} inactive and ${unknown} unknown images`, () => {
      const decoration = badgeOf({ kind: 'repository', inactive, unknown });
      assert.deepEqual([decoration?.badge, decoration?.tooltip], [badge, tooltip]);
    });
  }

  it('leaves other addresses alone', () => {
    assert.equal(badgeOf(undefined), undefined);
  });
});
