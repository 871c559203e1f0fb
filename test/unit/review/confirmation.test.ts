import assert from 'node:assert/strict';
import { confirmationOf } from '../../../src/hub/deletion/confirmation';
import { confirmationText } from '../../../src/review/texts/confirmation';
import { approvedPlan, warningOf } from '../../support/approvedPlan';
import { plannedImage } from '../../support/images';

const planned = plannedImage('acme/api9', 'one', { tags: [{ name: 'planned', isCurrent: true }] });
const other = plannedImage('acme/api10', 'two');

describe('the final confirmation', () => {
  it('names repositories and tags in natural order', () => {
    const warnings = [warningOf(other, 'current_tag', 'x'), warningOf(planned, 'current_tag', '1.10', '1.2')];
    const { message, detail } = confirmationText(
      confirmationOf(approvedPlan([other, planned], { warnings })),
    );
    assert.equal(message, 'Delete 2 images from acme/api9, acme/api10?');
    assert.match(detail, /:\nacme\/api9:1\.2\nacme\/api9:1\.10\nacme\/api10:x\n\n/);
  });

  it('names the tags that the last check has found, and no other', () => {
    const warnings = [warningOf(planned, 'current_tag', 'found')];
    const { detail } = confirmationText(confirmationOf(approvedPlan([planned], { warnings })));
    assert.match(detail, /^These tags will be deleted with it:\nacme\/api9:found\n\n/);
    assert.doesNotMatch(detail, /planned/);
  });

  it('speaks of one image as one, and of several as several', () => {
    const confirmation = {
      repositories: [planned.repository],
      imageCount: 1,
      tags: [],
      activeCount: 0,
      collateral: { platforms: 0, attachments: 0, untagged: 0 },
      isCollateralKnown: false,
      uses: [],
      search: 'off' as const,
    };
    const rest = 'It is not known which ones.\n\nA deleted image cannot be restored.';
    assert.equal(
      confirmationText(confirmation).detail,
      `It has no tag.\n\nMore images may be deleted along with it. ${rest}`,
    );
    assert.equal(
      confirmationText({ ...confirmation, imageCount: 2 }).detail,
      `None of them has a tag.\n\nMore images may be deleted along with them. ${rest}`,
    );
    assert.match(
      confirmationText({ ...confirmation, imageCount: 2, tags: ['acme/api:latest'] }).detail,
      /^These tags will be deleted with them:\nacme\/api:latest\n\n/,
    );
  });
});
