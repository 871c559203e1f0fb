import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type CommandId, commandIds } from '../contributions';
import { runAction } from '../interaction/action';
import type { CommandHandler, Services } from '../interaction/services';
import { targetOf } from '../interaction/target';
import { Overviews } from '../overview/overviews';
import { ImageDetails } from '../providers/imageDetails';
import { showError } from '../util/showError';
import { ReferencesView } from '../workspace/referencesView';
import { showHistory } from './history/showHistory';
import { loadMore } from './images/loadMore';
import { showLog } from './log/showLog';
import type * as onDemandCommands from './onDemand';
import type * as planningCommands from './planningCommands';
import { stopSandbox } from './sandbox/stopSandbox';
import { refreshTree } from './tree/refreshTree';

type PlanningCommand = Exclude<keyof typeof planningCommands, 'reviewImages'>;

/** Runs a command that is loaded with the first plan. */
function planning(name: PlanningCommand): CommandHandler {
  return async (...args) => (await import('./planningCommands'))[name](...args);
}

function review(purpose: 'dryRun' | 'delete'): CommandHandler {
  return async (...args) => (await import('./planningCommands')).reviewImages(...args, purpose);
}

/** Runs a command that is loaded with the first of its kind. */
function onDemand(name: keyof typeof onDemandCommands): CommandHandler {
  return async (...args) => (await import('./onDemand'))[name](...args);
}

const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  'hubImages.account.signIn': onDemand('signIn'),
  'hubImages.account.signInWithDockerCli': onDemand('signInWithDockerCli'),
  'hubImages.account.add': onDemand('addAccount'),
  'hubImages.account.use': onDemand('useAccount'),
  'hubImages.account.signOut': onDemand('signOut'),
  'hubImages.account.cancelSignIn': onDemand('cancelSignIn'),
  'hubImages.sandbox.start': onDemand('startSandbox'),
  'hubImages.sandbox.stop': stopSandbox,
  'hubImages.tree.refresh': refreshTree,
  'hubImages.namespace.add': onDemand('addNamespace'),
  'hubImages.namespace.remove': onDemand('removeNamespace'),
  'hubImages.namespace.showOverview': planning('showNamespaceOverview'),
  'hubImages.repositories.sort': onDemand('sortRepositories'),
  'hubImages.repositories.group': onDemand('groupRepositories'),
  'hubImages.repository.add': onDemand('addRepository'),
  'hubImages.repository.remove': onDemand('removeRepository'),
  'hubImages.repository.find': onDemand('findRepository'),
  'hubImages.repository.deleteInactive': planning('deleteInactive'),
  'hubImages.repository.open': onDemand('openRepository'),
  'hubImages.repository.copyPushCommand': onDemand('copyPushCommand'),
  'hubImages.repository.showOverview': planning('showOverview'),
  'hubImages.images.filterByStatus': onDemand('filterByStatus'),
  'hubImages.images.sort': onDemand('sortImages'),
  'hubImages.images.setActivityWindow': onDemand('setActivityWindow'),
  'hubImages.images.loadMore': loadMore,
  'hubImages.images.deleteMatching': planning('deleteMatching'),
  'hubImages.image.dryRun': review('dryRun'),
  'hubImages.image.delete': review('delete'),
  'hubImages.image.copyDigest': onDemand('copyDigest'),
  'hubImages.image.copyReference': onDemand('copyReference'),
  'hubImages.image.copyPullCommand': onDemand('copyPullCommand'),
  'hubImages.image.showDetails': onDemand('showImageDetails'),
  'hubImages.image.findReferences': onDemand('findReferences'),
  'hubImages.reference.show': onDemand('showReference'),
  'hubImages.history.show': showHistory,
  'hubImages.history.export': onDemand('exportHistory'),
  'hubImages.history.check': onDemand('checkHistory'),
  'hubImages.api.detect': onDemand('detectApi'),
  'hubImages.notifications.reset': onDemand('resetNotifications'),
  'hubImages.log.show': showLog,
  'hubImages.walkthrough.open': onDemand('openWalkthrough'),
};

/** What commands open is theirs; everything else they work with is given to them. */
type GivenServices = Omit<Services, 'imageDetails' | 'overviews' | 'referencesView'>;

/** Registers every command. If a handler fails, the error is logged and shown with what to do next. */
export function registerCommands(given: GivenServices): vscode.Disposable {
  const imageDetails = new ImageDetails(given.now);
  const overviews = new Overviews();
  const referencesView = new ReferencesView(given.references);
  const services = { ...given, imageDetails, overviews, referencesView };
  const registrations = commandIds.map((id) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) => runCommand(services, id, args)),
  );
  return vscode.Disposable.from(...registrations, imageDetails, overviews, referencesView);
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
