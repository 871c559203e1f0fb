import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { defaultRepositoriesView } from '../../../src/catalog/repositoriesView';
import { defaultImagesView } from '../../../src/catalog/viewOptions';
import type { ImageApiKind } from '../../../src/hub/autoImageApi';
import { shortDigest } from '../../../src/hub/digest';
import { HubError } from '../../../src/hub/errors';
import type { Image, ImagesSummary } from '../../../src/hub/model';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import {
  groupNode,
  imageNode,
  loadMoreNode,
  messageNode,
  namespaceNode,
  partNodes,
  repositoryNode,
  repositoryNodeOf,
  tagNodes,
  type Node,
} from '../../../src/providers/nodes';
import type { RepositoryFacts, RowFacts } from '../../../src/providers/rowFacts';
import { rowTooltip } from '../../../src/providers/tooltips';
import { treeItem } from '../../../src/providers/treeItems';
import { imageOf } from '../../support/images';

const now = new Date('2026-06-01T12:00:00Z');
const activeFrom = new Date('2026-05-01T12:00:00Z');
const counted: ImagesSummary = { activeFrom, total: 41, active: 29, inactive: 12 };

const namespace = namespaceNode(
  { name: parseNamespaceName('acme'), origin: 'organization' },
  { isRemovable: false, isListed: true },
);
const open = repositoryNode(namespace, { ...parseRepositoryRef('acme/api'), isPrivate: false }, false);
const hidden = repositoryNode(namespace, { ...parseRepositoryRef('acme/billing'), isPrivate: true }, true);

function rowFacts(
  facts: Partial<RepositoryFacts> = {},
  imageApi: ImageApiKind = 'management',
  isProtected = () => false,
): RowFacts {
  return {
    server: 'hub.docker.com',
    now: () => now,
    imageApi,
    repository: () => ({
      summary: counted,
      summaryError: undefined,
      view: defaultImagesView,
      listed: undefined,
      ...facts,
    }),
    activeFrom: () => activeFrom,
    repositoriesView: defaultRepositoriesView,
    holdsOpenRow: () => false,
    isProtected,
  };
}

function itemOf(node: Node, facts: Partial<RepositoryFacts> = {}): vscode.TreeItem {
  return treeItem(node, rowFacts(facts));
}

function itemLabel(node: Node): unknown {
  return itemOf(node).label;
}

function itemOfImage(facts: Partial<Image>): vscode.TreeItem {
  return itemOf(imageNode(open, imageOf('a', facts)));
}

/** As a person reads it: the editor writes spaces of a text as `&nbsp;`. */
function tooltipOf(
  node: Node,
  imageApi?: ImageApiKind,
  facts: Partial<RepositoryFacts> = {},
  isProtected?: () => boolean,
): string {
  const tooltip = rowTooltip(node, rowFacts(facts, imageApi, isProtected));
  assert.ok(tooltip);
  return tooltip.value.replaceAll('&nbsp;', ' ').replaceAll('\\', '');
}

/** As rows show it. */
const rowDigest = (seed: string) => shortDigest(imageOf(seed).digest).replace('sha256:', '');

describe('treeItem', () => {
  it('tells what is different where Docker Hub has no image-management API', () => {
    assert.match(tooltipOf(open), /API:\*\* image management/);
    assert.match(tooltipOf(open, 'registry'), /API:\*\* lists and registry\./);
    const image = imageNode(open, imageOf('a', {}));
    assert.doesNotMatch(tooltipOf(image), /Former tags/);
    assert.match(tooltipOf(image, 'registry'), /Former tags:\*\* Docker Hub no longer reports them/);
  });

  it('marks a private repository with a lock, and says so in words', () => {
    assert.equal((itemOf(hidden).iconPath as vscode.ThemeIcon).id, 'lock');
    assert.equal(
      itemOf(hidden).accessibilityInformation?.label,
      'acme/billing, private repository, 12 inactive · 41 images',
    );
    assert.match(tooltipOf(hidden), /Visibility:\*\* private/);
    assert.equal((itemOf(open).iconPath as vscode.ThemeIcon).id, 'repo');
  });

  it('describes a repository by its counts and what is unusual about its view', () => {
    assert.equal(itemOf(open).description, '12 inactive · 41 images');
    const view = { ...defaultImagesView, status: 'inactive' } as const;
    assert.equal(itemOf(open, { view }).description, '12 inactive · 41 images (inactive only)');
    assert.equal(itemOf(open, { summary: undefined }).description, '');
  });

  it('shows what a repository occupies, and leaves out what is not known', () => {
    const listed = {
      ...open.repository,
      storageBytes: 3_210_000_000,
      lastUpdated: new Date('2026-05-30T08:00:00Z'),
      pullCount: 12_345,
    };
    assert.equal(itemOf(open, { listed }).description, '3.21 GB · 12 inactive · 41 images');
    assert.equal(itemOf(open, { listed, summary: undefined }).description, '3.21 GB');
    const tooltip = tooltipOf(open, 'management', { listed });
    for (const line of ['Storage:** 3.21 GB', 'Last updated:** May 30, 2026', 'Pulls:** 12,345']) {
      assert.ok(tooltip.includes(line), tooltip);
    }
    const unknown = tooltipOf(open, 'management', { listed: open.repository });
    assert.doesNotMatch(unknown, /Storage|Last updated|Pulls/);
  });

  it('says in the row of a namespace how its repositories are shown, if it is unusual', () => {
    assert.equal(itemOf(namespace).description, 'organization');
    const repositoriesView = { ordering: '-storage', grouping: 'prefix' } as const;
    const item = treeItem(namespace, { ...rowFacts(), repositoriesView });
    assert.equal(item.description, 'largest first, grouped · organization');
  });

  it('shows a group closed, or open where something in it is', () => {
    const group = groupNode(namespace, 'b', [open, hidden]);
    const listed = { ...open.repository, storageBytes: 2_000_000 };
    const item = itemOf(group, { listed });
    assert.deepEqual([item.label, item.description], ['b', '2 repositories · 4 MB']);
    assert.equal(item.contextValue, 'group');
    assert.equal(item.accessibilityInformation?.label, 'b, group, 2 repositories · 4 MB');
    assert.equal(item.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
    const opened = treeItem(group, { ...rowFacts(), holdsOpenRow: (of) => of === group });
    assert.equal(opened.collapsibleState, vscode.TreeItemCollapsibleState.Expanded);
  });

  it('does not show old counts as if they held when new ones failed', () => {
    const summaryError = new HubError('server', { method: 'GET', path: '/', status: 503 });
    assert.equal(itemOf(open, { summaryError }).description, 'counts unavailable');
  });

  it('says the state of an image in words, to eyes and ears', () => {
    const item = itemOfImage({
      tags: [{ name: 'latest', isCurrent: true }],
      lastPulled: new Date('2026-02-27T12:00:00Z'),
      lastPushed: undefined,
    });
    assert.equal(item.label, 'latest');
    assert.equal(item.description, '94d · inactive');
    assert.equal(item.accessibilityInformation?.label, 'latest, image, inactive · last pulled 94 days ago');
  });

  it('has everything about an image in its tooltip', () => {
    const image = imageOf('a', {
      tags: [
        { name: 'latest', isCurrent: true },
        { name: 'old', isCurrent: false },
      ],
      lastPushed: new Date('2026-02-27T12:00:00Z'),
      lastPulled: undefined,
    });
    const tooltip = tooltipOf(imageNode(open, image));
    for (const part of [
      image.digest,
      'Status:** inactive',
      '(2026-05-01 12:00:00 UTC)',
      '(2026-02-27 12:00:00 UTC)',
      'Last pulled:** never or unknown',
      'Current tags:** latest',
      'Former tags:** old',
    ]) {
      assert.ok(tooltip.includes(part), `${part} in ${tooltip}`);
    }
  });

  it('counts images of unknown activity, and explains the counts', () => {
    const summary = { ...counted, inactive: 9, unknown: 3, undetermined: 5 };
    assert.equal(itemOf(open, { summary }).description, '9 inactive · 3 unknown · up to 41 images');
    const tooltip = tooltipOf(open, 'registry', { summary });
    assert.match(tooltip, /Images:\*\* up to 41 images · 9 inactive · 3 unknown/);
    assert.match(tooltip, /Unknown:\*\* the lists do not show when these images were last used/);
    assert.match(tooltip, /Up to:\*\* 5 of them may belong to multi-platform images/);
    assert.doesNotMatch(tooltip, /Inactive:/);
    const settled = tooltipOf(open, 'registry', { summary: { ...counted, unknown: 0 } });
    assert.doesNotMatch(settled, /Unknown:|Up to:|Inactive:/);
  });

  it('says where the server counts unknown activity as inactive', () => {
    assert.match(tooltipOf(open), /Inactive:\*\* includes images whose activity is unknown to the server/);
    const none = { ...counted, inactive: 0 };
    assert.doesNotMatch(tooltipOf(open, 'management', { summary: none }), /Inactive:/);
  });

  const doubts: readonly [facts: Partial<Image>, row: RegExp, tooltip: RegExp][] = [
    [
      { doubt: 'disputed' },
      /tags disputed/,
      /lists on the server disagree about the tags.*cannot be deleted until they agree.*Refresh/,
    ],
    [
      { doubt: 'undetermined' },
      /may belong to another image/,
      /When you delete it, you are asked whether to read contents from the registry/,
    ],
    [
      { arePartsUnknown: true },
      /may have more parts/,
      /Parts:\*\* This image may have more parts than are shown/,
    ],
    [
      { arePullsUnknown: true, status: 'unknown' },
      /activity unknown · last pushed .*, last pull not known/,
      /Last pulled:\*\* not known/,
    ],
  ];
  for (const [facts, inRow, inTooltip] of doubts) {
    it(`says in the row, to ears and in the tooltip: ${JSON.stringify(facts)}`, () => {
      const item = itemOfImage(facts);
      assert.match(String(item.description), inRow);
      assert.match(item.accessibilityInformation?.label ?? '', inRow);
      assert.match(tooltipOf(imageNode(open, imageOf('a', facts))), inTooltip);
      const settled = tooltipOf(imageNode(open, imageOf('a')));
      assert.doesNotMatch(String(itemOfImage({}).description), inRow);
      assert.doesNotMatch(settled, inTooltip);
    });
  }

  const kinds: readonly [facts: Partial<Image>, icon: string, spoken: string, kind: string][] = [
    [{}, 'package', 'image', 'image'],
    [{ role: 'index' }, 'layers', 'image, multi-platform', 'multi-platform image'],
    [{ role: 'attestation' }, 'verified', 'attestation', 'attestation'],
    [{ role: 'signature' }, 'file-binary', 'signature or other artifact', 'signature or other artifact'],
  ];
  for (const [facts, icon, spoken, kind] of kinds) {
    it(`shows by an icon, says to ears and in the tooltip: ${kind}`, () => {
      const item = itemOfImage(facts);
      const label = `${rowDigest('a')}, ${spoken}, untagged · inactive · last pushed 365 days ago`;
      assert.equal((item.iconPath as vscode.ThemeIcon).id, icon);
      assert.equal(item.accessibilityInformation?.label, label);
      assert.match(tooltipOf(imageNode(open, imageOf('a', facts))), new RegExp(`Kind:\\*\\* ${kind}\\n`));
    });
  }

  it('shows a protected image by its icon, to ears and in the tooltip', () => {
    const node = imageNode(open, imageOf('a', { role: 'index' }));
    const item = treeItem(
      node,
      rowFacts({}, 'registry', () => true),
    );
    assert.equal((item.iconPath as vscode.ThemeIcon).id, 'shield');
    assert.match(
      item.accessibilityInformation?.label ?? '',
      /, image, multi-platform, protected, untagged · /,
    );
    const tooltip = tooltipOf(node, 'registry', {}, () => true);
    assert.match(tooltip, /Kind:\*\* multi-platform image\n/);
    assert.match(tooltip, /Protected:\*\* by the setting "hubImages\.protect"/);
    assert.doesNotMatch(tooltipOf(node), /Protected/);
  });

  it('leaves the tooltips of rows there are many of until somebody points at them', () => {
    for (const node of [open, imageNode(open, imageOf('a'))]) {
      assert.equal(itemOf(node).tooltip, undefined);
      assert.ok(rowTooltip(node, rowFacts()));
    }
  });

  it('shows what the server sends as text, never as markup', () => {
    const hostile =
      '<img src=x onerror=alert(1)> [click](command:workbench.action.quit) **bold** $(trash) `code`';
    const tagged = imageNode(open, imageOf('a', { tags: [{ name: hostile, isCurrent: true }] }));
    const tooltip = rowTooltip(tagged, rowFacts());
    assert.ok(tooltip);
    assert.equal(tooltip.isTrusted, false);
    assert.equal(tooltip.supportHtml, false);
    assert.equal(tooltip.supportThemeIcons ?? false, false);
    assert.doesNotMatch(tooltip.value, /(?<!\\)\[click|(?<!\\)\*\*bold|(?<!\\)<|(?<!\\)`code/);
  });

  it('has no link in what the server sends, whose addresses the editor would make one', () => {
    const hostile = 'https://evil.example HTTP://evil.example www.evil.example a@evil.example';
    const tagged = imageNode(open, imageOf('a', { tags: [{ name: hostile, isCurrent: true }] }));
    const tooltip = rowTooltip(tagged, rowFacts());
    assert.ok(tooltip);
    assert.doesNotMatch(tooltip.value, /(?<!\\):\/\/|www\.|(?<!\\)@/i);
  });

  it('opens an image that has or had tags, and no other', () => {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    assert.equal(itemOfImage({ tags: [] }).collapsibleState, None);
    assert.equal(itemOfImage({ tags: [{ name: 'old', isCurrent: false }] }).collapsibleState, Collapsed);
  });

  it('shows what belongs to an image below it, by what it is to that', () => {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const index = imageNode(
      open,
      imageOf('index', {
        role: 'index',
        parts: [
          imageOf('amd64', { platform: 'linux/amd64', lastPulled: new Date('2026-05-31T12:00:00Z') }),
          imageOf('built', { role: 'attestation' }),
          imageOf('signed', { role: 'signature', lastPushed: undefined }),
          imageOf('nested', { role: 'index', parts: [imageOf('deep')] }),
        ],
      }),
    );
    assert.equal(itemOf(index).collapsibleState, Collapsed);
    const parts = partNodes(index);
    assert.deepEqual(parts.map(itemLabel), ['linux/amd64', 'attestation', 'signature', rowDigest('nested')]);
    const items = parts.map((part) => itemOf(part));
    assert.deepEqual(
      items.map(({ iconPath }) => (iconPath as vscode.ThemeIcon).id),
      ['circuit-board', 'verified', 'key', 'layers'],
    );
    assert.deepEqual(
      parts.map((part) => /Kind:\*\* (.*)/.exec(tooltipOf(part))?.[1]),
      ['platform of an image', 'attestation', 'signature or other attachment', 'multi-platform image'],
    );
    const [amd64, , signature, nested] = items;
    const short = rowDigest('amd64');
    assert.equal(amd64?.description, `${short} · last pulled 1 day ago`);
    assert.equal(
      amd64.accessibilityInformation?.label,
      `linux/amd64, part of the image, ${short} · last pulled 1 day ago`,
    );
    assert.equal(amd64.contextValue, 'part');
    assert.equal(amd64.collapsibleState, None);
    assert.equal(signature?.description, rowDigest('signed'));
    assert.equal(nested?.collapsibleState, Collapsed);
    assert.match(
      nested.accessibilityInformation?.label ?? '',
      /, part of the image, multi-platform, last pushed /,
    );
    const [deep] = parts.flatMap(partNodes);
    assert.equal(repositoryNodeOf(deep), open);
  });

  it('tells menus what can be done with a row, in whole words', () => {
    const tagged = imageNode(
      open,
      imageOf('a', {
        tags: [
          { name: 'latest', isCurrent: true },
          { name: 'old', isCurrent: false },
        ],
      }),
    );
    const [current, historical] = tagNodes(tagged);
    assert.ok(current && historical);
    const retryable = messageNode(open, 'a', {
      severity: 'error',
      text: 'No.',
      action: { kind: 'retry', of: 'parent' },
    });
    const cases: readonly [Node, string][] = [
      [namespace, 'namespace'],
      [open, 'repository'],
      [hidden, 'repository removable'],
      [tagged, 'image deletable tagged'],
      [imageNode(open, imageOf('b')), 'image deletable'],
      [current, 'tag'],
      [historical, 'historicalTag'],
      [retryable, 'message retryable'],
      [messageNode(open, 'a', { severity: 'info', text: 'No images' }), 'message'],
      [loadMoreNode(open, { next: 1, loaded: 1, count: 2 }), 'loadMore'],
    ];
    assert.deepEqual(
      cases.map(([node]) => itemOf(node).contextValue),
      cases.map(([, words]) => words),
    );
  });

  it('gives a tag that moved a mark of its own', () => {
    const [tag] = tagNodes(imageNode(open, imageOf('a', { tags: [{ name: 'old', isCurrent: false }] })));
    assert.ok(tag);
    assert.equal(itemOf(tag).description, 'moved to another image');
    assert.equal((itemOf(tag).iconPath as vscode.ThemeIcon).id, 'history');
    assert.equal(itemOf(tag).accessibilityInformation?.label, 'old, tag, moved to another image');
  });

  it('loads more when the row is opened', () => {
    const node = loadMoreNode(open, { next: 100, loaded: 300, count: 12_345 });
    const item = itemOf(node);
    assert.equal(item.label, 'Load 100 more (300 of 12,345)');
    assert.equal(item.command?.command, 'hubImages.images.loadMore');
    assert.deepEqual(item.command.arguments, [node]);
  });
});
