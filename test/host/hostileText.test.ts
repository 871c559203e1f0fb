import assert from 'node:assert/strict';
import type { DeletionFlow } from '../../src/hub/deletion/deletionFlow';
import * as vscode from 'vscode';
import { defaultRepositoriesView } from '../../src/catalog/repositoriesView';
import { defaultImagesView } from '../../src/catalog/viewOptions';
import type { DeletionConfirmation } from '../../src/hub/deletion/confirmation';
import { imageKey } from '../../src/hub/deletionRequest';
import { HubError } from '../../src/hub/errors';
import { parseNamespaceName, parseRepositoryRef } from '../../src/hub/names';
import { excludedImagesNotices } from '../../src/planning/texts/excludedImages';
import { imageDetailsText } from '../../src/providers/texts/imageDetails';
import { repositoriesFailed } from '../../src/providers/messageNodes';
import { imageNode, namespaceNode, repositoryNode, tagNodes } from '../../src/providers/nodes';
import { rowTooltip } from '../../src/providers/tooltips';
import { treeItem } from '../../src/providers/treeItems';
import { acceptanceRefusalText, blockerText, collateralItem } from '../../src/review/texts/review';
import { confirmationText } from '../../src/review/texts/confirmation';
import { noticesOf } from '../../src/review/texts/result';
import { describeError } from '../../src/texts/errors';
import { alive, hostileTags } from '../support/hostileTags';
import { imageOf } from '../support/images';

const now = new Date('2026-06-01T12:00:00Z');
const repository = parseRepositoryRef('acme/api');
const namespace = namespaceNode(
  { name: parseNamespaceName('acme'), origin: 'organization' },
  { isRemovable: false, isListed: true },
);

/** Every place in the editor where a tag is shown. */
const surfaces: Readonly<Record<string, (tag: string) => readonly string[]>> = {
  'the row of an image': (tag) => itemTexts(itemsOf(tag).image),
  'the row of a tag': (tag) => itemTexts(itemsOf(tag).tag),
  'the details of an image': (tag) => imageDetails(tag).split('\n'),
  'the last question': (tag) => {
    const { message, detail } = confirmationText({ ...confirmation, tags: [`acme/api:${tag}`] });
    return [message, ...detail.split('\n')];
  },
  'what falls with an image': (tag) => [collateralItem({ image: imageOf('a'), formerTags: [tag] })],
  'what protects an image that it goes with': (tag) => [ruleText('protected', tag)],
  'what must not go along': (tag) => [ruleText('noLongerMatches', tag)],
  'why nothing was accepted': (tag) => [acceptanceRefusalText('tagsChanged', tag)],
  'what is left out of a plan': (tag) =>
    excludedImagesNotices([{ image: tagged(tag), reason: 'unknownActivity' }]).map(({ text }) => text),
  'what is said of an image that was kept': (tag) => newestNotices(tag, undefined, ['1.0']),
  'the reason that an image was kept': (tag) => newestNotices('1.0', tag, ['1.0']),
  'the tags that an image has lost': (tag) => newestNotices('1.0', undefined, [tag]),
};

const confirmation: DeletionConfirmation = {
  repositories: [repository],
  imageCount: 1,
  tags: [],
  activeCount: 0,
  collateral: { platforms: 0, attachments: 0, untagged: 0 },
  isCollateralKnown: true,
  uses: [],
  search: 'off',
};

describe('hostile text of a Hub', () => {
  for (const [surface, textsOf] of Object.entries(surfaces)) {
    for (const [name, [tag, shown]] of Object.entries(hostileTags)) {
      it(`is inert in ${surface}: ${name}`, () => {
        const texts = textsOf(tag);
        assert.ok(
          texts.some((text) => text.includes(shown)),
          texts.join('\n'),
        );
        for (const text of texts) {
          assert.doesNotMatch(text, alive);
        }
      });
    }
  }

  const reason = 'see [this](command:workbench.action.quit) $(trash)';
  const error = new HubError('rejected', { method: 'GET', path: '/', status: 404, reason });

  it('has no link and no icon in an error', () => {
    assert.match(describeError(error), /see \[this\]\\u\{28\}command/);
    assert.doesNotMatch(describeError(error), /\$\(/);
  });

  it('has no link and no icon in the row of a failure', () => {
    assert.match(repositoriesFailed(namespace, error).reason, /see \[this\]\\u\{28\}command/);
  });
});

function ruleText(error: 'protected' | 'noLongerMatches', tag: string): string {
  const { digest } = imageOf('b');
  return blockerText({ repository: repository.name, digest, error, deletedAlong: tagged(tag) });
}

function newestNotices(tag: string, reason: string | undefined, removedTags: readonly string[]) {
  const refusal = { cause: 'tagKept', tag, removedTags, ...(reason !== undefined && { reason }) } as const;
  const key = imageKey(repository, imageOf('a').digest);
  const lastEvent = { kind: 'stopped', refusals: [{ key, refusal }] } as const;
  const flow: Partial<DeletionFlow> = { lastEvent, canRepeatDryRun: true };
  return noticesOf(flow as DeletionFlow, []).map(({ text }) => text); // no more of it is used
}

function tagged(tag: string) {
  return imageOf('a', { tags: [{ name: tag, isCurrent: true }] });
}

function itemsOf(tag: string) {
  const parent = repositoryNode(namespace, { ...repository, isPrivate: false }, false);
  const image = imageNode(parent, tagged(tag));
  const [first] = tagNodes(image);
  assert.ok(first);
  const facts = {
    server: 'hub.docker.com',
    now: () => now,
    imageApi: undefined,
    repository: () => ({
      summary: undefined,
      summaryError: undefined,
      view: defaultImagesView,
      listed: undefined,
    }),
    activeFrom: () => now,
    repositoriesView: defaultRepositoriesView,
    holdsOpenRow: () => false,
    isProtected: () => false,
  };
  return {
    image: Object.assign(treeItem(image, facts), { tooltip: rowTooltip(image, facts) }),
    tag: treeItem(first, facts),
  };
}

/** What a person sees and hears of a row; the tooltip as its lines, without the blanks that the editor makes of spaces. */
function itemTexts({
  label,
  description,
  accessibilityInformation,
  tooltip,
}: vscode.TreeItem): readonly string[] {
  const plain = typeof tooltip === 'string' ? [tooltip] : [];
  const rich =
    tooltip instanceof vscode.MarkdownString ? tooltip.value.replaceAll('&nbsp;', ' ').split('\n') : [];
  assert.ok(typeof label === 'string');
  return [label, String(description), accessibilityInformation?.label ?? '', ...plain, ...rich];
}

function imageDetails(tag: string): string {
  return imageDetailsText({ repository, image: tagged(tag), activeFrom: now, imageApi: undefined }, now);
}
