import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type PrintedImage, printed, referenceForms } from '../../support/references/forms';
import { described, resolved, textAt } from '../../support/references/resolved';

/** How often, and from where: `HUB_IMAGES_RUNS=50000`, `HUB_IMAGES_SEED=123`. */
const numRuns = Number(process.env['HUB_IMAGES_RUNS'] ?? 3_000);
/** The same files in every ordinary run, so that it fails for a change and not by chance. */
const seed = Number(process.env['HUB_IMAGES_SEED'] ?? 20_261_130);
/** Far more than a run needs on a busy computer. */
const msPerRun = 50;

const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const name = fc
  .array(fc.tuple(word, fc.constantFrom('.', '_', '__', '-', '--')), { minLength: 1, maxLength: 3 })
  .map((parts) =>
    parts.flatMap(([text, separator], index) => (index === 0 ? [text] : [separator, text])).join(''),
  );
// behind a dot, a sentence ends
const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/).filter((text) => !text.endsWith('.'));
const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((encoded) => `sha256:${encoded}`);
const form = fc.constantFrom(...referenceForms);
const lineEnd = fc.constantFrom('\n', '\r\n');
const dockerHub = fc.constantFrom(
  '',
  'docker.io/',
  'index.docker.io/',
  'registry-1.docker.io/',
  'registry.hub.docker.com/',
);
const elsewhere = fc.constantFrom(
  'ghcr.io/',
  'localhost/',
  'localhost:5000/',
  '10.0.0.1:80/',
  'Registry/',
  'registry.example.com/docker.io/',
  'docker.io.example.com/',
);

describe('references in files of any form', () => {
  it(`are found where and as what they were printed, ${numRuns} times`, async function () {
    this.timeout(60_000 + numRuns * msPerRun);
    this.slow(numRuns * msPerRun);
    const pin = fc.oneof(
      fc.record({ tag }),
      fc.record({ tag, digest }),
      fc.record({ digest }),
      fc.constant<Pick<PrintedImage, 'tag' | 'digest'>>({}),
    );
    const blankLines = fc.nat({ max: 3 });
    const properties = fc.asyncProperty(form, dockerHub, name, pin, lineEnd, blankLines, check);
    await fc.assert(properties, { numRuns, seed });
  });

  it(`are never those to other registries, ${numRuns} times`, async function () {
    this.timeout(60_000 + numRuns * msPerRun);
    this.slow(numRuns * msPerRun);
    const pin = fc.oneof(fc.record({ tag }), fc.record({ tag, digest }), fc.record({ digest }));
    await fc.assert(
      fc.asyncProperty(
        form,
        elsewhere,
        name,
        pin,
        lineEnd,
        async ({ path, print, siblings }, host, own, pins, end) => {
          const text = print({ host, repository: `acme/${own}`, ...pins }).replaceAll('\n', end);
          assert.deepEqual((await resolved(path, text, siblings)).map(described), []);
        },
      ),
      { numRuns, seed },
    );
  });
});

async function check(
  { title, path, print, siblings, line, kind, untagged, isDefault, isSplit }: (typeof referenceForms)[number],
  host: string,
  own: string,
  pins: Pick<PrintedImage, 'tag' | 'digest'>,
  end: string,
  blankLines: number,
) {
  const isNamed = pins.tag === undefined && pins.digest === undefined;
  if (isNamed && untagged === undefined) return;
  const image: PrintedImage = { host, repository: `acme/${own}`, ...pins };
  const linesBefore = title.startsWith('5 ') ? 0 : blankLines; // what tells the syntax is the first line
  const text = ('\n'.repeat(linesBefore) + print(image)).replaceAll('\n', end);
  const found = await resolved(path, text, siblings);
  const expectedKind = isNamed ? untagged : kind;
  const isLatest = isNamed && (expectedKind === 'exact' || expectedKind === 'produced');
  // in a kustomization, the digest replaces the tag
  const tagThere = title.startsWith('12 ') && pins.digest !== undefined ? undefined : pins.tag;
  assert.deepEqual(
    found.map(({ line: at, kind: is, repository, tag: named, digest: pinned, isDefault: byDefault }) => ({
      line: at,
      kind: is,
      repository,
      tag: named,
      digest: pinned,
      ...(byDefault ? { isDefault: byDefault } : {}),
    })),
    [
      {
        line: line + linesBefore,
        kind: expectedKind,
        repository: image.repository,
        tag: isLatest ? 'latest' : tagThere,
        digest: pins.digest,
        ...(isDefault ? { isDefault } : {}),
      },
    ],
  );
  const [reference] = found;
  assert.ok(reference);
  const isHostApart = title === '13 values of Helm';
  const isNameOnly = isSplit === true;
  assert.equal(
    textAt(text, reference),
    isNameOnly ? `${isHostApart ? '' : host}${image.repository}` : printed(image),
  );
}
