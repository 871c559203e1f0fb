import * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import { runAction } from './action';
import { addAccount } from './addAccount';
import { addNamespace } from './addNamespace';
import { addRepository } from './addRepository';
import { checkHistory } from './checkHistory';
import { copyDigest } from './copyDigest';
import { copyPullCommand } from './copyPullCommand';
import { copyReference } from './copyReference';
import { exportHistory } from './exportHistory';
import { filterByStatus } from './filterByStatus';
import { findRepository } from './findRepository';
import { loadMore } from './loadMore';
import { openRepository } from './openRepository';
import { refreshTree } from './refreshTree';
import { removeNamespace } from './removeNamespace';
import { removeRepository } from './removeRepository';
import type { CommandHandler, Services } from './services';
import { setActivityWindow } from './setActivityWindow';
import { showHistory } from './showHistory';
import { showImageDetails } from './showImageDetails';
import { showLog } from './showLog';
import { signIn } from './signIn';
import { signInWithDockerCli } from './signInWithDockerCli';
import { signOut } from './signOut';
import { sortImages } from './sortImages';
import { startSandbox } from './startSandbox';
import { stopSandbox } from './stopSandbox';
import { targetOf } from './target';
import { useAccount } from './useAccount';

type PlanningCommand = 'dryRun' | 'delete' | 'deleteInactive' | 'deleteMatching' | 'showOverview';

/** What makes plans is read when the first plan is made, or the first overview shown, which leads to one. */
const planning: Readonly<Record<PlanningCommand, CommandHandler>> = {
  dryRun: async (...args) => (await import('./dryRunImages')).dryRunImages(...args),
  delete: async (...args) => (await import('./deleteImages')).deleteImages(...args),
  deleteInactive: async (...args) => (await import('./deleteInactive')).deleteInactive(...args),
  deleteMatching: async (...args) => (await import('./deleteMatching')).deleteMatching(...args),
  showOverview: async (...args) => (await import('./showOverview')).showOverview(...args),
};

const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  'hubImages.account.signIn': signIn,
  'hubImages.account.signInWithDockerCli': signInWithDockerCli,
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
  'hubImages.images.setActivityWindow': setActivityWindow,
  'hubImages.images.loadMore': loadMore,
  'hubImages.images.deleteMatching': planning.deleteMatching,
  'hubImages.image.dryRun': planning.dryRun,
  'hubImages.image.delete': planning.delete,
  'hubImages.image.copyDigest': copyDigest,
  'hubImages.image.copyReference': copyReference,
  'hubImages.image.copyPullCommand': copyPullCommand,
  'hubImages.image.showDetails': showImageDetails,
  'hubImages.history.show': showHistory,
  'hubImages.history.export': exportHistory,
  'hubImages.history.check': checkHistory,
  'hubImages.log.show': showLog,
};

/** Registers every command. A handler that fails is logged and tells the person what to do next. */
export function registerCommands(services: Services): vscode.Disposable {
  const registrations = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) => run(services, id, handler, args)),
  );
  return vscode.Disposable.from(...registrations);
}

function run(
  services: Services,
  id: string,
  handler: CommandHandler,
  args: readonly unknown[],
): Promise<void> {
  services.log.debug(id);
  return runAction(services, id, () => handler(services, targetOf(services, args)));
}
