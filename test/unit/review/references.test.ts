import assert from 'node:assert/strict';
import type { SearchReport } from '../../../src/hub/codeReferences';
import { confirmationOf } from '../../../src/hub/deletion/confirmation';
import type { ReferenceState } from '../../../src/hub/deletion/referenceCheck';
import { Places } from '../../../src/review/places';
import { confirmationText } from '../../../src/review/texts/confirmation';
import { extentText, searchText } from '../../../src/review/texts/references';
import { approvedPlan } from '../../support/approvedPlan';
import { foundReferences, referenceIn } from '../../support/foundReferences';
import { plannedImage } from '../../support/images';

const { report } = foundReferences([]);

function searched(facts: Partial<SearchReport>): ReferenceState {
  return { kind: 'searched', found: { ...foundReferences([]), report: { ...report, ...facts } } };
}

describe('what the review says of the workspace', () => {
  const states: readonly (readonly [ReferenceState, number, string])[] = [
    [{ kind: 'searching' }, 0, 'Searching the workspace for lines that use these images.'],
    [
      { kind: 'skipped' },
      0,
      'The workspace was not searched, so it is not known whether it uses these images.',
    ],
    [searched({}), 0, 'No lines that use these images were found in the workspace.'],
    [searched({}), 1, 'The workspace uses 1 of these images.'],
    [searched({}), 1200, 'The workspace uses 1,200 of these images.'],
    [searched({ folders: [], files: 0 }), 0, 'No folder or editor is open, so nothing was searched.'],
  ];
  for (const [state, uses, text] of states) {
    it(text, () => {
      assert.equal(searchText(state, uses), text);
    });
  }

  it('says that the search failed, and why', () => {
    assert.match(
      searchText({ kind: 'failed', error: new Error('x') }, 0),
      /^The workspace could not be searched\. Search again, or continue without searching\. The log has the reason\.$/,
    );
  });

  it('names what was searched and what was not, and that it proves nothing', () => {
    assert.equal(
      extentText({ ...report, files: 1 }),
      'Searched 1 file in work and in open editors. Files that settings or ignore files exclude are searched only if they are open. Code that is not open here may also refer to the images.',
    );
  });
});

describe('the final confirmation', () => {
  const planned = plannedImage('acme/api', 'one');

  it('names the lines that use the images, and counts the rest', () => {
    const uses = Array.from({ length: 14 }, (_, index) => referenceIn(`deploy/${String(index)}.yaml`));
    const { detail } = confirmationText({ ...confirmationOf(approvedPlan([planned])), uses });
    assert.match(detail, /\n\nUsed in the workspace:\ndeploy\/0\.yaml:1 \(acme\/api:latest\)\n/);
    assert.match(detail, /\ndeploy\/11\.yaml:1 \(acme\/api:latest\)\n… and 2 more\n\n/);
  });

  it('says that the workspace was not searched', () => {
    const { detail } = confirmationText({ ...confirmationOf(approvedPlan([planned])), search: 'skipped' });
    assert.match(detail, /\n\nThe workspace was not searched for lines that use these images\.\n\n/);
  });
});

describe('places', () => {
  it('keep their numbers while their lines are the same, and hold what was found last', () => {
    const places = new Places();
    const list = (...references: ReturnType<typeof referenceIn>[]) =>
      places
        .list(
          references,
          (reference) => reference,
          () => '',
        )
        .places.map(({ id }) => id);
    assert.deepEqual(list(referenceIn('a'), referenceIn('b')), [0, 1]);
    const again = referenceIn('b', { tag: '2' });
    assert.deepEqual(list(again, referenceIn('b', { line: 2 })), [1, 2]);
    assert.equal(places.get(1), again);
    assert.equal(places.get(9), undefined);
  });
});
