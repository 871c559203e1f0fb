import assert from 'node:assert/strict';
import { hasSameFindings, type ReviewFindings } from '../../../../src/hub/deletion/reviewEntry';
import type { Blocker, DeletionWarning } from '../../../../src/hub/findings';
import type { Image } from '../../../../src/hub/model';
import { warningOf } from '../../../support/approvedPlan';
import { imageOf, plannedImage } from '../../../support/images';

const planned = plannedImage('acme/api', 'one');
const active = warningOf(planned, 'is_active');
const tagged = warningOf(planned, 'current_tag', 'latest');

interface Facts {
  readonly warnings?: readonly DeletionWarning[];
  readonly errors?: readonly Blocker['error'][];
  readonly along?: readonly Image[];
  readonly isDecided?: boolean;
}

/** Every array and object is created anew, as after another check. */
function findings({ warnings = [], errors = [], along, isDecided = false }: Facts): ReviewFindings {
  const decision = { isAccepted: isDecided, isNew: !isDecided };
  const { repository, image } = planned;
  return {
    isChecked: true,
    hasParts: false,
    latestTags: undefined,
    warnings: warnings.map((warning) => ({ warning: { ...warning }, ...decision })),
    blockers: errors.map((error) => ({ repository: repository.name, digest: image.digest, error })),
    collateral: along && {
      collateral: { kind: 'known', images: along.map((each) => ({ image: { ...each }, formerTags: [] })) },
      ...decision,
    },
    referenced: undefined,
  };
}

describe('findings of two checks', () => {
  const rows: readonly (readonly [name: string, Facts, Facts, isSame: boolean])[] = [
    ['nothing', {}, {}, true],
    ['two warnings in another order', { warnings: [active, tagged] }, { warnings: [tagged, active] }, true],
    ['another warning', { warnings: [active] }, { warnings: [tagged] }, false],
    ['one more warning', { warnings: [active] }, { warnings: [active, tagged] }, false],
    ['a warning once more', { warnings: [active] }, { warnings: [active, active] }, false],
    [
      'another warning in place of a second one',
      { warnings: [active, active] },
      { warnings: [active, tagged] },
      false,
    ],
    [
      'two objections in another order',
      { errors: ['not_found', 'protected'] },
      { errors: ['protected', 'not_found'] },
      true,
    ],
    ['another objection', { errors: ['not_found'] }, { errors: ['protected'] }, false],
    ['one more objection', { errors: ['not_found'] }, { errors: ['not_found', 'protected'] }, false],
    ['an objection once more', { errors: ['not_found'] }, { errors: ['not_found', 'not_found'] }, false],
    [
      'another objection in place of a second one',
      { errors: ['not_found', 'not_found'] },
      { errors: ['not_found', 'protected'] },
      false,
    ],
    ['the same images that are deleted along', { along: [imageOf('x')] }, { along: [imageOf('x')] }, true],
    ['another image that is deleted along', { along: [imageOf('x')] }, { along: [imageOf('y')] }, false],
    ['an image that is deleted along now', {}, { along: [imageOf('x')] }, false],
    [
      'another decision',
      { warnings: [active], along: [imageOf('x')] },
      { warnings: [active], along: [imageOf('x')], isDecided: true },
      true,
    ],
  ];
  for (const [name, a, b, isSame] of rows) {
    it(`are ${isSame ? 'the same' : 'different'} for ${name}`, () => {
      assert.equal(hasSameFindings(findings(a), findings(b)), isSame);
      assert.equal(hasSameFindings(findings(b), findings(a)), isSame);
    });
  }
});
