import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type CommandId, commandIds } from '../contributions';
import { runAction } from '../interaction/action';
import type { CommandHandler, Services } from '../interaction/services';
import { targetOf } from '../interaction/target';
import { Overviews } from '../overview/overviews';
import { ImageDetails } from '../providers/imageDetails';
import { showError } from '../util/showError';
import { addAccount } from './account/addAccount';
import { signIn } from './account/signIn';
import { signOut } from './account/signOut';
import { useAccount } from './account/useAccount';
import { checkHistory } from './history/checkHistory';
import { showHistory } from './history/showHistory';
import { copyDigest } from './image/copyDigest';
import { copyPullCommand } from './image/copyPullCommand';
import { copyReference } from './image/copyReference';
import { showImageDetails } from './image/showImageDetails';
import { filterByStatus } from './images/filterByStatus';
import { loadMore } from './images/loadMore';
import { sortImages } from './images/sortImages';
import { showLog } from './log/showLog';
import { addNamespace } from './namespace/addNamespace';
import { removeNamespace } from './namespace/removeNamespace';
import { addRepository } from './repository/addRepository';
import { findRepository } from './repository/findRepository';
import { openRepository } from './repository/openRepository';
import { removeRepository } from './repository/removeRepository';
import { startSandbox } from './sandbox/startSandbox';
import { stopSandbox } from './sandbox/stopSandbox';
import { refreshTree } from './tree/refreshTree';

type PlanningCommand = 'dryRun' | 'delete' | 'deleteInactive' | 'deleteMatching' | 'showOverview';

/** The planning code is loaded with the first plan, or with the first overview, which leads to one. */
const planning: Readonly<Record<PlanningCommand, CommandHandler>> = {
  dryRun: async (...args) => (await import('./image/reviewImages')).reviewImages(...args, 'dryRun'),
  delete: async (...args) => (await import('./image/reviewImages')).reviewImages(...args, 'delete'),
  deleteInactive: async (...args) => (await import('./repository/deleteInactive')).deleteInactive(...args),
  deleteMatching: async (...args) => (await import('./images/deleteMatching')).deleteMatching(...args),
  showOverview: async (...args) => (await import('./repository/showOverview')).showOverview(...args),
};

type RareCommand = 'signInWithDockerCli' | 'exportHistory' | 'setActivityWindow';

/** Loaded when they are run, because most windows never do. */
const rare: Readonly<Record<RareCommand, CommandHandler>> = {
  signInWithDockerCli: async (services) =>
    (await import('./account/signInWithDockerCli')).signInWithDockerCli(services),
  exportHistory: async (services) => (await import('./history/exportHistory')).exportHistory(services),
  setActivityWindow: async (...args) =>
    (await import('./images/setActivityWindow')).setActivityWindow(...args),
};

const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  'hubImages.account.signIn': signIn,
  'hubImages.account.signInWithDockerCli': rare.signInWithDockerCli,
  'hubImages.account.add': addAccount,
  'hubImages.account.use': useAccount,
  'hubImages.account.signOut': signOut,
  'hubImages.sandbox.start': startSandbox,
  'hubImages.sandbox.stop': stopSandbox,
  'hubImages.tree.refresh': refreshTree,
  'hubImages.namespace.add': addNamespace,
  'hubImages.namespace.remove': removeNamespace,
  'hubImages.repository.add': addRepository,
  'hubImages.repository.remove': removeRepository,
  'hubImages.repository.find': findRepository,
  'hubImages.repository.deleteInactive': planning.deleteInactive,
  'hubImages.repository.open': openRepository,
  'hubImages.repository.showOverview': planning.showOverview,
  'hubImages.images.filterByStatus': filterByStatus,
  'hubImages.images.sort': sortImages,
  'hubImages.images.setActivityWindow': rare.setActivityWindow,
  'hubImages.images.loadMore': loadMore,
  'hubImages.images.deleteMatching': planning.deleteMatching,
  'hubImages.image.dryRun': planning.dryRun,
  'hubImages.image.delete': planning.delete,
  'hubImages.image.copyDigest': copyDigest,
  'hubImages.image.copyReference': copyReference,
  'hubImages.image.copyPullCommand': copyPullCommand,
  'hubImages.image.showDetails': showImageDetails,
  'hubImages.history.show': showHistory,
  'hubImages.history.export': rare.exportHistory,
  'hubImages.history.check': checkHistory,
  'hubImages.log.show': showLog,
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
  const target = targetOf(services, args);
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
      '"{0}" was called with an argument that is not a row of the Hub Images view, or no longer one. Select the rows in the view and run the command from there.',
      id,
    ),
  );
}
