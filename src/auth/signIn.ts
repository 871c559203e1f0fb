import * as l10n from '@vscode/l10n';
import type { Credentials } from '../hub/session/credentials';
import type { HubLog } from '../hub/http/http';
import type { HubSession, SecondFactorTicket } from '../hub/session/session';
import { describeError } from '../texts/errors';
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
  /** Gets every failure, of which the question shows a sentence only. */
  readonly log: Pick<HubLog, 'warn'>;
}

/** What was entered and answered so far. */
interface Progress {
  username: string;
  /** Where the account has a second factor, once the password was right. */
  ticket: SecondFactorTicket | undefined;
}

/**
 * Asks for user name and password or access token, and for the code of a second factor where there is one, until Docker Hub
 * takes them or the person gives up.
 *
 * @returns Who has a new token; `undefined` where the person gave up.
 */
export async function signIn(session: HubSession, options: SignInOptions): Promise<string | undefined> {
  const progress: Progress = { username: options.username, ticket: undefined };
  const steps = [askUsername, askSecret, askCode];
  let step = progress.username === '' ? 0 : 1;
  for (let ask = steps[step]; ask !== undefined; ask = steps[step]) {
    const answer = await ask(session, options, progress);
    if (answer === 'cancelled') {
      return undefined;
    }
    if (answer === 'next' && step === 1 && progress.ticket === undefined) {
      break;
    }
    step += answer === 'back' ? -1 : 1;
  }
  return progress.username;
}

/**
 * Signs in with credentials that are known, and asks for the code of a second factor where there is one.
 *
 * @returns Who has a new token; `undefined` where the person gave up.
 * @throws {HubError} Docker Hub did not take them, or the signal aborted (`cancelled`).
 */
export async function signInWith(
  session: HubSession,
  credentials: Credentials,
  options: Pick<SignInOptions, 'origin' | 'signal' | 'log'>,
): Promise<string | undefined> {
  const answer = await session.signIn(credentials, options.signal);
  if (answer.kind === 'signedIn') {
    return answer.signedIn.username;
  }
  const { username } = credentials;
  const progress: Progress = { username, ticket: answer.ticket };
  const isSignedIn = (await askCode(session, { ...options, username }, progress, false)) === 'next';
  return isSignedIn ? progress.username : undefined;
}

function askUsername(_session: HubSession, options: SignInOptions, progress: Progress): Promise<InputAnswer> {
  return askStep({
    title: title(options),
    step: 1,
    totalSteps: 2,
    prompt: l10n.t('Username'),
    placeholder: l10n.t(
      'Your Docker ID in lowercase, or the name of the organization for an organization access token',
    ),
    value: progress.username,
    isSecret: false,
    problem: options.reason,
    signal: options.signal,
    hasBack: false,
    submit: (value) => {
      const entered = value.trim();
      if (entered === '') {
        return Promise.resolve(l10n.t('Enter your username.'));
      }
      if (entered.includes('@')) {
        return Promise.resolve(l10n.t('Enter your username, not your email address.'));
      }
      progress.username = entered;
      return Promise.resolve(undefined);
    },
  });
}

function askSecret(session: HubSession, options: SignInOptions, progress: Progress): Promise<InputAnswer> {
  const { username } = progress;
  progress.ticket = undefined;
  return askStep({
    title: title(options),
    step: 2,
    totalSteps: 2,
    prompt: l10n.t(
      'Password or access token of {0}. It is sent only to {1}. An access token is kept in secret storage so that you stay signed in. A password is never stored.',
      username,
      options.origin,
    ),
    placeholder: l10n.t('Password or personal access token'),
    value: '',
    isSecret: true,
    problem: options.reason,
    signal: options.signal,
    hasBack: true,
    submit: async (password, signal) => {
      if (password === '') {
        return l10n.t('Enter your password or an access token.');
      }
      try {
        const answer = await session.signIn({ username, password }, signal);
        progress.ticket = answer.kind === 'codeNeeded' ? answer.ticket : undefined;
        progress.username = answer.kind === 'codeNeeded' ? username : answer.signedIn.username;
        return undefined;
      } catch (error) {
        return describeFailure(error, options);
      }
    },
  });
}

/** @param hasBack Whether there was a question before. */
function askCode(
  session: HubSession,
  options: SignInOptions,
  progress: Progress,
  hasBack = true,
): Promise<InputAnswer> {
  const { ticket, username } = progress;
  return askStep({
    title: title(options),
    step: 3,
    totalSteps: 3,
    prompt: l10n.t('Two-factor authentication code for {0}', username),
    placeholder: l10n.t('Code from your authenticator app, or your recovery code'),
    value: '',
    isSecret: false,
    problem: undefined,
    signal: options.signal,
    hasBack,
    submit: async (code, signal) => {
      if (code.trim() === '' || ticket === undefined) {
        return l10n.t('Enter the code.');
      }
      try {
        const answer = await session.signInWithCode(ticket, code.trim(), signal);
        progress.username = answer.kind === 'codeNeeded' ? username : answer.signedIn.username;
        return undefined;
      } catch (error) {
        return describeFailure(error, options);
      }
    },
  });
}

function describeFailure(error: unknown, { log }: SignInOptions): string {
  log.warn(`sign-in: ${error instanceof Error ? error.message : String(error)}`);
  return describeError(error);
}

function title(options: SignInOptions): string {
  return l10n.t('Sign in to {0}', new URL(options.origin).host);
}
