import * as vscode from 'vscode';
import type { HubSession } from '../hub/session';
import { describeError } from '../util/describeError';
import { askStep, type InputAnswer } from './signInInput';

export interface SignInOptions {
  /** Server the credentials go to, shown so that the person can check it. */
  readonly origin: string;
  /** Who was signed in before. */
  readonly username: string;
  /** Why the question is asked again. */
  readonly reason?: string;
  /** Withdraws the question. */
  readonly signal?: AbortSignal;
}

const steps = 2;

/**
 * Asks for user name and password or access token until the Hub takes them or the person gives up.
 *
 * @returns Whether there is a new token.
 */
export async function signIn(session: HubSession, options: SignInOptions): Promise<boolean> {
  let username = options.username;
  let step = username === '' ? 1 : 2;
  while (step <= steps) {
    const answer =
      step === 1
        ? await askUsername(options, username, (value) => (username = value))
        : await askSecret(session, options, username);
    if (answer === 'cancelled') {
      return false;
    }
    step += answer === 'back' ? -1 : 1;
  }
  return true;
}

function askUsername(
  options: SignInOptions,
  username: string,
  take: (username: string) => void,
): Promise<InputAnswer> {
  return askStep({
    title: title(options),
    step: 1,
    totalSteps: steps,
    prompt: vscode.l10n.t('User name'),
    placeholder: vscode.l10n.t('Your Docker ID, in lower case'),
    value: username,
    isSecret: false,
    problem: options.reason,
    signal: options.signal,
    hasBack: false,
    submit: (value) => {
      const entered = value.trim();
      if (entered === '') {
        return Promise.resolve(vscode.l10n.t('Enter your user name.'));
      }
      if (entered.includes('@')) {
        return Promise.resolve(vscode.l10n.t('Enter the user name, not the e-mail address.'));
      }
      take(entered);
      return Promise.resolve(undefined);
    },
  });
}

function askSecret(session: HubSession, options: SignInOptions, username: string): Promise<InputAnswer> {
  return askStep({
    title: title(options),
    step: 2,
    totalSteps: steps,
    prompt: vscode.l10n.t(
      'Password or access token of {0}. It is sent to {1} only and is not kept; the token the Hub answers with is kept in the secret storage.',
      username,
      options.origin,
    ),
    placeholder: vscode.l10n.t('Password or personal access token'),
    value: '',
    isSecret: true,
    problem: options.reason,
    signal: options.signal,
    hasBack: true,
    submit: async (password, signal) => {
      if (password === '') {
        return vscode.l10n.t('Enter the password or an access token.');
      }
      try {
        await session.signIn({ username, password }, signal);
        return undefined;
      } catch (error) {
        return describeError(error);
      }
    },
  });
}

function title(options: SignInOptions): string {
  return vscode.l10n.t('Sign in to {0}', new URL(options.origin).host);
}
