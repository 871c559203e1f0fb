import { randomUUID } from 'node:crypto';
import { includes, roleIn } from '../access';
import { invalidBody, ok, Refusal, refused, type Answer } from '../answer';
import { judge, removedWith, type Findings } from '../deletion';
import { readDeletionRequest, type DeletionRequest } from '../deletionRequest';
import type { SandboxRepository } from '../repository';
import type { Call, Services } from '../route';
import { oneMonthBefore } from '../time';
import { assertPlan } from './images';

/** All or nothing: one objection that stands, and nothing is deleted. */
export function deleteImages(call: Call, { world, batchLimit }: Services): Answer {
  const { user, operation, params } = call;
  if (user === undefined) {
    throw new Refusal(refused(401, 'unauthorized', operation));
  }
  assertPlan(user, call);
  const request = readDeletionRequest(call.body, batchLimit);
  if (request === undefined) {
    return invalidBody;
  }
  const namespace = params['namespace'] ?? '';
  const repositoryName = request.repositoryName ?? '';
  const repository = world.findRepository(namespace, repositoryName);
  const findings = judge({
    repository,
    repositoryName,
    mayDelete: includes(roleIn(user, world.findNamespace(namespace), repository), 'admin'),
    activeFrom: request.activeFrom ?? oneMonthBefore(call.now),
    digests: request.digests,
    ignored: request.ignored,
  });
  if (findings.errors.length > 0 || findings.warnings.length > 0) {
    return objections(findings, call);
  }
  return ok({ dry_run: request.dryRun, metrics: carryOut(request, repository, call.isWithoutEffect) });
}

/** A dry run deletes nothing, so it counts nothing. */
function carryOut(
  { dryRun, digests }: DeletionRequest,
  repository: SandboxRepository | undefined,
  isWithoutEffect: boolean,
) {
  const metrics = { manifest_deletes: 0, manifest_errors: 0, tag_deletes: 0, tag_errors: 0 };
  if (dryRun || repository === undefined) {
    return metrics;
  }
  const removed = removedWith(repository, digests);
  if (!isWithoutEffect) {
    repository.remove(removed.digests);
  }
  return { ...metrics, manifest_deletes: removed.digests.size, tag_deletes: removed.tags.size };
}

function objections(details: Findings, { operation, user, now }: Call): Answer {
  const txnid = randomUUID();
  const errinfo = {
    api_call_docker_id: user?.username ?? '',
    api_call_name: operation,
    api_call_start: now.toISOString(),
    api_call_txnid: txnid,
    type: 'validation',
    details,
  };
  return { status: 400, body: { txnid, message: 'validation error', errinfo } };
}
