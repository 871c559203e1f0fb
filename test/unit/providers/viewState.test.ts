import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import { namespaceEntries } from '../../../src/catalog/entries';
import type { NamespaceList } from '../../../src/catalog/serverContents';
import { contextKeys } from '../../../src/contributions';
import { HubError, type HubErrorFacts, type HubErrorKind } from '../../../src/hub/errors';
import type { Namespace } from '../../../src/hub/model';
import { parseNamespaceName } from '../../../src/hub/names';
import { viewStateOf, viewStates, type ViewState } from '../../../src/providers/viewState';

const own: Namespace = { name: parseNamespaceName('demo'), origin: 'own' };
const organization: Namespace = { name: parseNamespaceName('acme'), origin: 'organization' };

function listOf(namespaces: readonly Namespace[], parts: Partial<NamespaceList> = {}): NamespaceList {
  const entries = namespaceEntries(namespaces, { namespaces: [], repositories: [] });
  return { entries, unread: [], error: undefined, wasListed: true, ...parts };
}

function failure(kind: HubErrorKind, facts: Partial<HubErrorFacts> = {}): HubError {
  return new HubError(kind, { method: 'GET', path: '/v2/repositories/namespaces', ...facts });
}

describe('the state of the view', () => {
  it('is rows where there are any', () => {
    assert.equal(viewStateOf(listOf([own, organization])), 'rows');
    assert.equal(viewStateOf(listOf([], { unread: [{ position: 0, count: 1, reason: 'a name' }] })), 'rows');
  });

  it('is empty where there is no namespace, also on a server that lists none', () => {
    assert.equal(viewStateOf(listOf([])), 'empty');
    assert.equal(viewStateOf(listOf([], { error: failure('gone'), wasListed: false })), 'empty');
    assert.equal(viewStateOf(listOf([own], { error: failure('gone'), wasListed: false })), 'rows');
  });

  const failures: readonly (readonly [HubError, ViewState])[] = [
    [failure('network'), 'offline'],
    [failure('network', { networkCause: 'name' }), 'offline'],
    [failure('network', { networkCause: 'refused' }), 'offline'],
    [failure('network', { networkCause: 'certificate' }), 'untrusted'],
    [failure('network', { networkCause: 'tls' }), 'untrusted'],
    [failure('network', { networkCause: 'proxy' }), 'proxy'],
    [failure('timeout'), 'offline'],
    [failure('protocol'), 'notDockerHub'],
    [failure('redirected'), 'notDockerHub'],
    [failure('unauthenticated'), 'refused'],
    [failure('forbidden'), 'rows'], // the repositories of the own namespace may be allowed
    [failure('server', { status: 500 }), 'rows'],
    [failure('rateLimited'), 'rows'],
  ];
  for (const [error, state] of failures) {
    const name = [error.kind, error.networkCause].filter(Boolean).join(', ');
    it(`is ${state} where the first list has failed: ${name}`, () => {
      assert.equal(viewStateOf(listOf([own], { error, wasListed: false })), state);
    });
  }

  it('keeps the rows of an earlier list and of the settings, whatever has failed', () => {
    const error = failure('network');
    assert.equal(viewStateOf(listOf([own], { error })), 'rows');
    const added = namespaceEntries([own], { namespaces: [organization.name], repositories: [] });
    assert.equal(viewStateOf(listOf([], { entries: added, error, wasListed: false })), 'rows');
  });

  it('has a welcome text with what to do, for every state without rows', () => {
    const conditions = manifest.contributes.viewsWelcome.map(({ when }) => when);
    for (const state of viewStates) {
      const condition = `${contextKeys.isSignedIn} && ${contextKeys.viewState} == '${state}'`;
      assert.equal(conditions.includes(condition), state !== 'rows', state);
    }
  });

  it('has exactly one welcome text for every way of not being signed in', () => {
    const { isRestored, isSignedIn, isSigningIn } = contextKeys;
    const conditions = manifest.contributes.viewsWelcome
      .map(({ when }) => when.split(' && '))
      .filter((parts) => parts.includes(`!${isSignedIn}`));
    for (const facts of [[], [isRestored], [isSigningIn], [isRestored, isSigningIn]]) {
      const met = conditions.filter((parts) =>
        parts.every((part) =>
          part.startsWith('!') ? !facts.includes(part.slice(1) as never) : facts.includes(part as never),
        ),
      );
      assert.equal(met.length, 1, facts.join());
    }
  });
});
