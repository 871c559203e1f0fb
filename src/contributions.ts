/**
 * The ids that package.json declares, once and typed. A unit test compares the two both ways.
 */

export const extensionName = 'hubImages';

export const viewContainerId = 'hubImages';
export const treeViewId = 'hubImages.tree';
/** Of the accounts in the editor's own menu. */
export const authenticationProviderId = 'hubImages.dockerHub';
/** With the id of the extension before it, as the editor knows the walkthrough. */
export const walkthroughId = 'hub-images.hub-images#start';
export const reviewPanelType = 'hubImages.review';
export const overviewPanelType = 'hubImages.overview';
export const namespaceOverviewPanelType = 'hubImages.namespaceOverview';

export const commandIds = [
  'hubImages.account.signIn',
  'hubImages.account.signInWithDockerCli',
  'hubImages.account.add',
  'hubImages.account.use',
  'hubImages.account.signOut',
  'hubImages.account.cancelSignIn',
  'hubImages.sandbox.start',
  'hubImages.sandbox.stop',
  'hubImages.tree.refresh',
  'hubImages.namespace.add',
  'hubImages.namespace.remove',
  'hubImages.namespace.showOverview',
  'hubImages.repositories.sort',
  'hubImages.repositories.group',
  'hubImages.repository.add',
  'hubImages.repository.remove',
  'hubImages.repository.find',
  'hubImages.repository.deleteInactive',
  'hubImages.repository.open',
  'hubImages.repository.copyPushCommand',
  'hubImages.repository.showOverview',
  'hubImages.images.filterByStatus',
  'hubImages.images.sort',
  'hubImages.images.setActivityWindow',
  'hubImages.images.loadMore',
  'hubImages.images.deleteMatching',
  'hubImages.image.dryRun',
  'hubImages.image.delete',
  'hubImages.image.copyDigest',
  'hubImages.image.copyReference',
  'hubImages.image.copyPullCommand',
  'hubImages.image.showDetails',
  'hubImages.image.findReferences',
  'hubImages.reference.show',
  'hubImages.history.show',
  'hubImages.history.export',
  'hubImages.history.check',
  'hubImages.api.detect',
  'hubImages.notifications.reset',
  'hubImages.log.show',
  'hubImages.walkthrough.open',
] as const;
export type CommandId = (typeof commandIds)[number];

/** Ids of the menus within menus. */
export const submenuIds = [
  'hubImages.view',
  'hubImages.repositoriesView',
  'hubImages.imagesView',
  'hubImages.copy',
  'hubImages.account',
  'hubImages.history',
] as const;

/**
 * Refers to a command of ours from a row of the tree; a `vscode.Command`.
 *
 * @param args Handed to the command.
 */
export function commandReference(
  command: CommandId,
  title: string,
  ...args: unknown[]
): { command: CommandId; title: string; arguments: unknown[] } {
  return { command, title, arguments: args };
}

/** Keys that menus, welcome views, key bindings and the walkthrough ask for. */
export const contextKeys = {
  /** The extension was used in this window. Until then, the editor does not list the walkthrough, or open it on installation. */
  isActivated: 'hubImages.isActivated',
  /** A token is held for the server in use, or the sandbox is. */
  isSignedIn: 'hubImages.isSignedIn',
  isSandbox: 'hubImages.isSandbox',
  /** An account is signed in to the server of the settings, whether or not the sandbox is in use. */
  hasAccount: 'hubImages.hasAccount',
  /** More than one account is signed in to the server of the settings. */
  hasSeveralAccounts: 'hubImages.hasSeveralAccounts',
  /** It is known whether an account is signed in: the secret storage takes its time when a window opens. */
  isRestored: 'hubImages.isRestored',
  /** Credentials are asked for, or have been sent. */
  isSigningIn: 'hubImages.isSigningIn',
  /** One of the states in `providers/viewState.ts`, while {@link contextKeys.isSignedIn}. */
  viewState: 'hubImages.viewState',
  /** An image was deleted in this window. */
  hasDeletedImage: 'hubImages.hasDeletedImage',
  /** The cursor is at a reference to an image in a repository of the account. */
  isOnReference: 'hubImages.isOnReference',
} as const;

/** Whole words of a tree item's `contextValue`; menus ask for them with `\b` around. */
export const contextWords = {
  account: 'account',
  /** Signed in, but not in use. */
  idle: 'idle',
  namespace: 'namespace',
  /** Of repositories. */
  group: 'group',
  repository: 'repository',
  image: 'image',
  /** Belongs to an image: it goes with that, and not by itself. */
  part: 'part',
  tag: 'tag',
  /** A tag that now points at another image: no reference to this one can be made of it. */
  historicalTag: 'historicalTag',
  message: 'message',
  loadMore: 'loadMore',
  /** Named in a setting, so it can be taken out again. */
  removable: 'removable',
  /** Can be deleted. */
  deletable: 'deletable',
  tagged: 'tagged',
  /** A failure that can be tried again. */
  retryable: 'retryable',
  /** A failure that another access token or account may not have. */
  unauthorized: 'unauthorized',
  /** Says that a namespace has no repositories. */
  emptyNamespace: 'emptyNamespace',
  /** Says that a repository has no images. */
  emptyRepository: 'emptyRepository',
  /** Says that the API in the settings is not there. */
  missingApi: 'missingApi',
} as const;

export const colorIds = {
  activeForeground: 'hubImages.activeForeground',
  inactiveForeground: 'hubImages.inactiveForeground',
} as const;
