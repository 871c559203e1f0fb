import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type CommandId, commandIds } from '../contributions';
import { runAction } from '../interaction/action';
import type { CommandHandler, Services } from '../interaction/services';
import { targetOf } from '../interaction/target';
import { Overviews } from '../overview/overviews';
import { ImageDetails } from '../providers/imageDetails';
import { showError } from '../util/showError';
import { showHistory } from './history/showHistory';
import { loadMore } from './images/loadMore';
import { showLog } from './log/showLog';
import { stopSandbox } from './sandbox/stopSandbox';
import { refreshTree } from './tree/refreshTree';

type PlanningCommand =
  'dryRun' | 'delete' | 'deleteInactive' | 'deleteMatching' | 'showOverview' | 'showNamespaceOverview';

/** The planning code is loaded with the first plan, or with the first overview, which leads to one. */
const planning: Readonly<Record<PlanningCommand, CommandHandler>> = {
  dryRun: async (...args) => (await import('./image/reviewImages')).reviewImages(...args, 'dryRun'),
  delete: async (...args) => (await import('./image/reviewImages')).reviewImages(...args, 'delete'),
  deleteInactive: async (...args) => (await import('./repository/deleteInactive')).deleteInactive(...args),
  deleteMatching: async (...args) => (await import('./images/deleteMatching')).deleteMatching(...args),
  showOverview: async (...args) => (await import('./repository/showOverview')).showOverview(...args),
  showNamespaceOverview: async (...args) =>
    (await import('./namespace/showNamespaceOverview')).showNamespaceOverview(...args),
};

/** Loaded when they are run: a window that opens runs none of them. */
const onDemand = {
  signIn: async (services) => (await import('./account/signIn')).signIn(services),
  addAccount: async (services) => (await import('./account/addAccount')).addAccount(services),
  signOut: async (...args) => (await import('./account/signOut')).signOut(...args),
  cancelSignIn: async (services) => (await import('./account/cancelSignIn')).cancelSignIn(services),
  useAccount: async (...args) => (await import('./account/useAccount')).useAccount(...args),
  signInWithDockerCli: async (services) =>
    (await import('./account/signInWithDockerCli')).signInWithDockerCli(services),
  checkHistory: async (services) => (await import('./history/checkHistory')).checkHistory(services),
  exportHistory: async (services) => (await import('./history/exportHistory')).exportHistory(services),
  copyDigest: async (...args) => (await import('./image/copyDigest')).copyDigest(...args),
  copyPullCommand: async (...args) => (await import('./image/copyPullCommand')).copyPullCommand(...args),
  copyReference: async (...args) => (await import('./image/copyReference')).copyReference(...args),
  showImageDetails: async (...args) => (await import('./image/showImageDetails')).showImageDetails(...args),
  filterByStatus: async (...args) => (await import('./images/filterByStatus')).filterByStatus(...args),
  setActivityWindow: async (...args) =>
    (await import('./images/setActivityWindow')).setActivityWindow(...args),
  sortImages: async (...args) => (await import('./images/sortImages')).sortImages(...args),
  addNamespace: async (services) => (await import('./namespace/addNamespace')).addNamespace(services),
  removeNamespace: async (...args) => (await import('./namespace/removeNamespace')).removeNamespace(...args),
  sortRepositories: async (services) =>
    (await import('./repositories/sortRepositories')).sortRepositories(services),
  groupRepositories: async (services) =>
    (await import('./repositories/groupRepositories')).groupRepositories(services),
  addRepository: async (...args) => (await import('./repository/addRepository')).addRepository(...args),
  findRepository: async (services) => (await import('./repository/findRepository')).findRepository(services),
  openRepository: async (...args) => (await import('./repository/openRepository')).openRepository(...args),
  copyPushCommand: async (...args) => (await import('./repository/copyPushCommand')).copyPushCommand(...args),
  detectApi: async (services) => (await import('./api/detectApi')).detectApi(services),
  resetNotifications: async (services) =>
    (await import('./notifications/resetNotifications')).resetNotifications(services),
  removeRepository: async (...args) =>
    (await import('./repository/removeRepository')).removeRepository(...args),
  startSandbox: async (...args) => (await import('./sandbox/startSandbox')).startSandbox(...args),
  openWalkthrough: async () => (await import('./walkthrough/openWalkthrough')).openWalkthrough(),
} satisfies Readonly<Record<string, CommandHandler>>;

const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  'hubImages.account.signIn': onDemand.signIn,
  'hubImages.account.signInWithDockerCli': onDemand.signInWithDockerCli,
  'hubImages.account.add': onDemand.addAccount,
  'hubImages.account.use': onDemand.useAccount,
  'hubImages.account.signOut': onDemand.signOut,
  'hubImages.account.cancelSignIn': onDemand.cancelSignIn,
  'hubImages.sandbox.start': onDemand.startSandbox,
  'hubImages.sandbox.stop': stopSandbox,
  'hubImages.tree.refresh': refreshTree,
  'hubImages.namespace.add': onDemand.addNamespace,
  'hubImages.namespace.remove': onDemand.removeNamespace,
  'hubImages.namespace.showOverview': planning.showNamespaceOverview,
  'hubImages.repositories.sort': onDemand.sortRepositories,
  'hubImages.repositories.group': onDemand.groupRepositories,
  'hubImages.repository.add': onDemand.addRepository,
  'hubImages.repository.remove': onDemand.removeRepository,
  'hubImages.repository.find': onDemand.findRepository,
  'hubImages.repository.deleteInactive': planning.deleteInactive,
  'hubImages.repository.open': onDemand.openRepository,
  'hubImages.repository.copyPushCommand': onDemand.copyPushCommand,
  'hubImages.repository.showOverview': planning.showOverview,
  'hubImages.images.filterByStatus': onDemand.filterByStatus,
  'hubImages.images.sort': onDemand.sortImages,
  'hubImages.images.setActivityWindow': onDemand.setActivityWindow,
  'hubImages.images.loadMore': loadMore,
  'hubImages.images.deleteMatching': planning.deleteMatching,
  'hubImages.image.dryRun': planning.dryRun,
  'hubImages.image.delete': planning.delete,
  'hubImages.image.copyDigest': onDemand.copyDigest,
  'hubImages.image.copyReference': onDemand.copyReference,
  'hubImages.image.copyPullCommand': onDemand.copyPullCommand,
  'hubImages.image.showDetails': onDemand.showImageDetails,
  'hubImages.history.show': showHistory,
  'hubImages.history.export': onDemand.exportHistory,
  'hubImages.history.check': onDemand.checkHistory,
  'hubImages.api.detect': onDemand.detectApi,
  'hubImages.notifications.reset': onDemand.resetNotifications,
  'hubImages.log.show': showLog,
  'hubImages.walkthrough.open': onDemand.openWalkthrough,
};

/** What commands open is theirs; everything else they work with is given to them. */
type GivenServices = Omit<Services, 'imageDetails' | 'overviews'>;

/** Registers every command. If a handler fails, the error is logged and shown with what to do next. */
export function registerCommands(given: GivenServices): vscode.Disposable {
  const imageDetails = new ImageDetails(given.now);
  const overviews = new Overviews();
  const services = { ...given, imageDetails, overviews };
  const registrations = commandIds.map((id) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) => runCommand(services, id, args)),
  );
  return vscode.Disposable.from(...registrations, imageDetails, overviews);
}

/** Runs a command. If an argument is not a row of the tree, a message says so and nothing else happens. */
export async function runCommand(services: Services, id: CommandId, args: readonly unknown[]): Promise<void> {
  services.log.debug(id);
  const target = await targetOf(services, id, args);
  if (target === undefined) {
    await refuse(services, id);
  } else {
    await runAction(services, id, () => handlers[id](services, target));
  }
}

async function refuse({ log }: Pick<Services, 'log'>, id: CommandId): Promise<void> {
  log.warn(`${id}: refused, because an argument is not a row of the tree`);
  await showError(
    l10n.t(
      '"{0}" was run with an argument that is not, or no longer, a row of the Hub Images view. Select the rows in the view and run the command from there.',
      id,
    ),
  );
}
