import type { AcceptedSurvivors } from './survivors';

/** Changes that no test can notice, each with the reason. A run fails for other survivors, and for entries without one. */
export const acceptedSurvivors: readonly AcceptedSurvivors[] = [
  {
    file: 'src/journal/folderFiles.ts',
    reason: 'A name that is not in the folder is left out when the file is looked at.',
    mutants: [
      ['const names = (await unlessMissing(readdir(this.#folder))) ?? «[]»;', '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/journal/folderFiles.ts',
    reason: 'The file ends before the larger buffer is full, and only what was read is returned.',
    mutants: [['const bytes = new Uint8Array(«size - start»);', 'size + start']],
  },
  {
    file: 'src/journal/folderFiles.ts',
    reason: 'The additional read of no bytes ends the loop.',
    mutants: [['while («done < bytes.length») {', 'done <= bytes.length']],
  },
  {
    file: 'src/journal/folderFiles.ts',
    reason: 'Only a loss of power shows whether a folder was flushed.',
    mutants: [
      ['if («made !== undefined») {', 'false'],
      ['if (made !== undefined) «{ await syncFolder(dirname(made)); }»', '{}'],
      ['try «{ await handle.sync(); }» finally {', '{}'],
    ],
  },
  {
    file: 'src/journal/folderFiles.ts',
    reason: 'No system error has this code.',
    mutants: [["if (!folderSyncUnsupported.has(errorCode(error) ?? «''»)) {", '"Stryker was here!"']],
  },
  {
    file: 'src/journal/journalFormat.ts',
    reason: 'The function then returns undefined, which has the same effect.',
    mutants: [['} catch «{ return false; }»', '{}']],
  },
  {
    file: 'src/journal/journalFormat.ts',
    reason: 'It matters only whether there is an issue, not how many.',
    mutants: [
      ['const result = v.safeParse(schema, value, «{ abortEarly: true }»);', '{}'],
      ['const result = v.safeParse(schema, value, { abortEarly: «true» });', 'false'],
    ],
  },
  {
    file: 'src/journal/journalReader.ts',
    reason: 'A missing line is decoded like an empty one, which is no record.',
    mutants: [["return «last !== undefined» && decodeRunLine(last)?.record.type === 'finished';", 'true']],
  },
  {
    file: 'src/journal/reconcileRun.ts',
    reason: 'A reason has no origin, so that nothing is listed for it either.',
    mutants: [
      [
        "const verification = «typeof look === 'string'» ? undefined : await verify(run, open, look, signal);",
        'false',
      ],
      [
        "const verification = typeof look === «'string'» ? undefined : await verify(run, open, look, signal);",
        '""',
      ],
    ],
  },
  {
    file: 'src/journal/retention.ts',
    reason: 'The check only saves reading: without too many bytes, nothing is removed for its size.',
    mutants: [
      ['if («bytes > maxBytes») {', 'true'],
      ['if («bytes > maxBytes») {', 'bytes >= maxBytes'],
    ],
  },
  {
    file: 'src/journal/retention.ts',
    reason: 'No value counts as false.',
    mutants: [['} catch «{ return false; }»', '{}']],
  },
  {
    file: 'src/journal/retention.ts',
    reason: 'Without locks, none can be removed. The check only saves reading.',
    mutants: [
      ['if («locks.length === 0») {', 'false'],
      ['if (locks.length === 0) «{ return []; }»', '{}'],
    ],
  },
  {
    file: 'src/journal/retention.ts',
    reason: 'Only names of locks get here.',
    mutants: [
      [
        "for (const { name } of locks.filter((lock) => !open.has(lockNameOf(lock.name)?.id ?? «''»))) {",
        '"Stryker was here!"',
      ],
      [
        "for (const { name } of locks.filter((lock) => !open.has(«lockNameOf(lock.name)?.id» ?? ''))) {",
        'lockNameOf(lock.name).id',
      ],
    ],
  },
  {
    file: 'src/journal/runFileName.ts',
    reason: 'A run ID always matches the pattern.',
    mutants: [
      [
        'const [, year, month, day, hour, minute, second, millisecond] = idPattern.exec(id) ?? «[]»;',
        '["Stryker was here"]',
      ],
    ],
  },
  {
    file: 'src/journal/runFileName.ts',
    reason: 'Every name has a first part.',
    mutants: [["const [before = «''», after = ''] = fileName.split(lockMark);", '"Stryker was here!"']],
  },
  {
    file: 'src/journal/runHistory.ts',
    reason: 'No two files have the same ID.',
    mutants: [['return facts.sort((a, b) => («a.id < b.id» ? 1 : -1));', 'a.id <= b.id']],
  },
  {
    file: 'src/hub/registry/tagClaims.ts',
    reason: 'A set of one image counts as that image.',
    mutants: [['} else if («known !== digest») {', 'true']],
  },
  {
    file: 'src/hub/registry/manifestKind.ts',
    reason: 'Every text has a first part.',
    mutants: [["const [essence = «''»] = mediaType.split(';');", '"Stryker was here!"']],
  },
  {
    file: 'src/hub/registry/referenceGraph.ts',
    reason: 'An index without parts is removed again at the end.',
    mutants: [
      ['if («parts.length === 0») {', 'false'],
      ['if (parts.length === 0) «{ return; }»', '{}'],
    ],
  },
  {
    file: 'src/hub/registry/referenceGraph.ts',
    reason: 'An index is left out of its own parts once more when they are added.',
    mutants: [['digest === undefined || «digest === index»', 'false']],
  },
  {
    file: 'src/hub/registry/referenceGraph.ts',
    reason: 'No manifest has the digest undefined.',
    mutants: [['if («subject !== undefined» && subject !== digest && known.has(subject)) {', 'true']],
  },
  {
    file: 'src/hub/registry/referenceGraph.ts',
    reason: 'A manifest that is attached to itself is a circle, which is taken apart afterwards.',
    mutants: [['if (subject !== undefined && «subject !== digest» && known.has(subject)) {', 'true']],
  },
  {
    file: 'src/hub/registry/referenceGraph.ts',
    reason: 'The path then also contains undefined, which ends it and is no circle.',
    mutants: [
      ['while («at !== undefined» && !settled.has(at) && !path.has(at)) {', 'true'],
      ['if («at !== undefined» && path.has(at)) {', 'true'],
    ],
  },
  {
    file: 'src/hub/registry/pullTimes.ts',
    reason: 'Nobody asks for the times of a manifest without a digest.',
    mutants: [
      ['{ manifests = «[]», tags }: RepositoryLists,', '["Stryker was here"]'],
      ['if («tag.digest !== undefined») {', 'true'],
      ['if («part.digest !== undefined») {', 'true'],
    ],
  },
  {
    file: 'src/hub/registry/pullTimes.ts',
    reason: 'Two equal times are the same.',
    mutants: [
      [
        'return a === undefined || (b !== undefined && «b.getTime() > a.getTime()») ? b : a;',
        'b.getTime() >= a.getTime()',
      ],
    ],
  },
  {
    file: 'src/hub/registry/knownManifests.ts',
    reason: 'A manifest without a tag is evaluated in fewer steps, with the same result.',
    mutants: [['«tags.length === 0»', 'false']],
  },
  {
    file: 'src/hub/registry/knownManifests.ts',
    reason: 'No format has this name either, so that it means the same as none.',
    mutants: [["const format = formatOf(manifest?.mediaType ?? «''»);", '"Stryker was here!"']],
  },
  {
    file: 'src/hub/registry/knownManifests.ts',
    reason: 'It is used only if there is one kind, which takes its place.',
    mutants: [["const [only = «'unknown'»] = kinds;", '""']],
  },
  {
    file: 'src/hub/registry/imagePage.ts',
    reason: 'No two images have the same digest.',
    mutants: [['return «a.digest < b.digest» ? -1 : 1;', 'a.digest <= b.digest']],
  },
  {
    file: 'src/hub/registry/survey.ts',
    reason: 'Without answers, there are no attachments, and every image has a tag or belongs to an index.',
    mutants: [
      ['isNoAttachment: () => «false»,', 'true'],
      ['isNoAttachment: «() => false»,', '() => undefined'],
      ['wasShown: () => «false»,', 'true'],
      ['wasShown: «() => false»,', '() => undefined'],
    ],
  },
  {
    file: 'src/hub/registry/survey.ts',
    reason: 'Only whether it is true matters.',
    mutants: [
      ['isGone: «() => false»,', '() => undefined'],
      ['mayHaveMoreAttachments: «() => false»,', '() => undefined'],
    ],
  },
  {
    file: 'src/hub/registry/survey.ts',
    reason: 'The shorter way leads to the same list.',
    mutants: [
      ['return «attachments.length === 0» ? own : [...new Set([...own, ...attachments])];', 'false'],
      [
        'const currentTags = «tags.length === 0» ? none : tags.map((name) => ({ name, isCurrent: true }));',
        'false',
      ],
    ],
  },
  {
    file: 'src/hub/registry/repositoryLists.ts',
    reason: 'There is always a first page.',
    mutants: [['«page !== undefined» &&', 'true']],
  },
  {
    file: 'src/hub/registry/surveyor.ts',
    reason: 'No manifest has the digest undefined.',
    mutants: [
      ['memory.noteShown((lists.manifests ?? «[]»).map(({ digest }) => digest));', '["Stryker was here"]'],
      [
        'const named = [...(lists.manifests ?? «[]»), ...lists.tags].flatMap(({ digest }) => digest ?? []);',
        '["Stryker was here"]',
      ],
      ['«digest === undefined» || !gone.has(digest);', 'false'],
    ],
  },
  {
    file: 'src/hub/registry/surveyor.ts',
    reason: 'What was neither deleted nor requested is left out.',
    mutants: [
      [
        'const named = [...(lists.manifests ?? []), ...lists.tags].flatMap(({ digest }) => digest ?? «[]»);',
        '["Stryker was here"]',
      ],
    ],
  },
  {
    file: 'src/hub/registry/surveyor.ts',
    reason: 'Nothing is asked and nothing is left out then. The check only saves time.',
    mutants: [
      ['if («gone.size + requested.size === 0») {', 'false'],
      ['if (gone.size + requested.size === 0) «{ return lists; }»', '{}'],
    ],
  },
  {
    file: 'src/hub/registry/surveyor.ts',
    reason: 'Without a digest, the next condition holds in any case.',
    mutants: [['const isUnlisted = «tag.digest !== undefined» && !listed.has(tag.digest);', 'true']],
  },
  {
    file: 'src/hub/registry/surveyor.ts',
    reason: 'A list that lacks entries exists.',
    mutants: [['const count = «lists.manifests?.length» ?? 0;', 'lists.manifests.length']],
  },
  {
    file: 'src/hub/registry/contentReading.ts',
    reason: 'The list has a first entry, because it is not empty.',
    mutants: [['if («first !== undefined» && !(await this.#askAbout(first, found, signal))) {', 'true']],
  },
  {
    file: 'src/hub/registry/contentReading.ts',
    reason: 'Without candidates, nobody is asked about subjects. The check only saves time.',
    mutants: [
      ['«candidates.length === 0»', 'false'],
      ['? «[]»', '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/hub/registry/survey.ts',
    reason: 'No manifest may be a part then. The check only saves time.',
    mutants: [
      ['for (const [digest, known] of «this.graph.unread.size > 0» ? this.#known : none) {', 'true'],
      [
        'for (const [digest, known] of «this.graph.unread.size > 0» ? this.#known : none) {',
        'this.graph.unread.size >= 0',
      ],
    ],
  },
  {
    file: 'src/hub/registry/survey.ts',
    reason: 'An image without parts is built in fewer steps, with the same result.',
    mutants: [
      ['if («hasParts(facts)») {', 'true'],
      ['const waiting = «missing.filter((part) => hasParts(part.facts))»;', 'missing'],
      ['return «parts !== undefined || attachments.length > 0»;', 'true'],
      ['return parts !== undefined || «attachments.length > 0»;', 'attachments.length >= 0'],
    ],
  },
  {
    file: 'src/hub/registry/survey.ts',
    reason: 'The image has just been built.',
    mutants: [['if («image !== undefined» && isIndependent(facts)) {', 'true']],
  },
  {
    file: 'src/hub/management/deleteImages.ts',
    reason: 'A refused request always carries its own error, which comes first.',
    mutants: [
      ["throw answer.error ?? protocolError(answer, «'errinfo.details: missing'»);", '""'],
      ["throw answer.error ?? protocolError(answer, «'errinfo.details: empty'»);", '""'],
    ],
  },
  {
    file: 'src/hub/registry/removal.ts',
    reason: 'It matters only that it is neither of the other two places.',
    mutants: [["return «'nowhere'»;", '""']],
  },
  {
    file: 'src/hub/registry/removal.ts',
    reason: 'The function then returns undefined, which has the same effect.',
    mutants: [['} catch «{ return false; }»', '{}']],
  },
  {
    file: 'src/hub/registry/repositoryWatch.ts',
    reason: 'Where a changed tag has no digest, the lists are read again instead.',
    mutants: [
      ['const indexes = new Set(changed.flatMap(({ digest }) => digest ?? «[]»));', '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/hub/registry/registryGrant.ts',
    reason: 'Neither text is JSON, and a text in place of an entry is the entry of no repository.',
    mutants: [
      [
        "const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? «''», 'base64url').toString());",
        '"Stryker was here!"',
      ],
      ['return result.success ? [result.output] : «[]»;', '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/hub/registry/registryGrant.ts',
    reason: 'Reading the actions of a missing entry fails, which has the same result.',
    mutants: [['return «own === undefined»', 'false']],
  },
  {
    file: 'src/hub/registry/registryTokens.ts',
    reason: 'No account has either name.',
    mutants: [["const key = `${credentials?.username ?? «''»} ${name}`;", '"Stryker was here!"']],
  },
  {
    file: 'src/hub/registry/registryTokens.ts',
    reason: 'No status is a text.',
    mutants: [['accept: «[]»,', '["Stryker was here"]']],
  },
  {
    file: 'src/hub/registry/registryTokens.ts',
    reason: 'Credentials always have a secret, and no error contains this text.',
    mutants: [
      [
        "confidential: credentials === undefined ? [] : [credentials.password, secret ?? «''»],",
        '"Stryker was here!"',
      ],
      [
        "confidential: credentials === undefined ? «[]» : [credentials.password, secret ?? ''],",
        '["Stryker was here"]',
      ],
    ],
  },
  {
    file: 'src/hub/registry/registryClient.ts',
    reason: 'Neither text is a link, a media type, a limit, a digest, or a reason that names a reference.',
    mutants: [
      ["const hasNext = /rel=\"?next\"?/.test(answer.headers.get('link') ?? «''»);", '"Stryker was here!"'],
      [
        "return { kind: /referenced/i.test(error.reason ?? «''») ? 'stillReferenced' : 'denied', ...reason };",
        '"Stryker was here!"',
      ],
      [
        "return isRegistry && /^application\\/json\\b/i.test(headers.get('content-type') ?? «''»);",
        '"Stryker was here!"',
      ],
      [
        `const [, target] = /<([^>]*)>\\s*;\\s*rel="?next"?/.exec(link ?? «''») ?? [];`,
        '"Stryker was here!"',
      ],
      [
        "const [, remaining, windowSeconds] = /^(\\d+)(?:;w=(\\d+))?$/.exec(header ?? «''») ?? [];",
        '"Stryker was here!"',
      ],
      ["found = parseDigest(reported ?? «''»);", '"Stryker was here!"'],
    ],
  },
  {
    file: 'src/hub/registry/registryClient.ts',
    reason: 'What comes first, which is the whole text, is not used.',
    mutants: [
      [
        `const [, target] = /<([^>]*)>\\s*;\\s*rel="?next"?/.exec(link ?? '') ?? «[]»;`,
        '["Stryker was here"]',
      ],
      [
        "const [, remaining, windowSeconds] = /^(\\d+)(?:;w=(\\d+))?$/.exec(header ?? '') ?? «[]»;",
        '["Stryker was here"]',
      ],
    ],
  },
  {
    file: 'src/hub/registry/registryImageApi.ts',
    reason: 'The timer that is left ends by itself, and nobody waits for it.',
    mutants: [['} finally «{ partialDelay.abort(); }»', '{}']],
  },
  {
    file: 'src/hub/registry/registryImageApi.ts',
    reason: 'Something without a digest, or with this one, is in no list and asked about by nobody.',
    mutants: [
      [
        "const others = [...collateral.values()].flatMap((images) => («images === 'unknown'» ? [] : images));",
        'false',
      ],
      [
        "const others = [...collateral.values()].flatMap((images) => (images === «'unknown'» ? [] : images));",
        '""',
      ],
      [
        "const others = [...collateral.values()].flatMap((images) => (images === 'unknown' ? «[]» : images));",
        '["Stryker was here"]',
      ],
      [
        'return image === undefined ? «[]» : partsOf(image).map((part) => part.digest);',
        '["Stryker was here"]',
      ],
    ],
  },
  {
    file: 'src/hub/registry/registryImageApi.ts',
    reason: 'What is missing has no parts.',
    mutants: [['return «image === undefined» ? [] : partsOf(image).map((part) => part.digest);', 'false']],
  },
  {
    file: 'src/journal/folderFiles.ts',
    reason: 'Only other systems than the one that runs the tests answer so when a folder is flushed.',
    mutants: [
      [
        "const folderSyncUnsupported = new Set([«'EISDIR'», 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);",
        '""',
      ],
      [
        "const folderSyncUnsupported = new Set(['EISDIR', «'EPERM'», 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);",
        '""',
      ],
      [
        "const folderSyncUnsupported = new Set(['EISDIR', 'EPERM', «'EACCES'», 'EINVAL', 'ENOTSUP', 'EBADF']);",
        '""',
      ],
      [
        "const folderSyncUnsupported = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', «'ENOTSUP'», 'EBADF']);",
        '""',
      ],
      [
        "const folderSyncUnsupported = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', «'EBADF'»]);",
        '""',
      ],
    ],
  },
  {
    file: 'src/journal/journalFormat.ts',
    reason: 'The function then returns undefined, too.',
    mutants: [['} catch «{ return undefined; }»', '{}']],
  },
  {
    file: 'src/journal/lockFile.ts',
    reason: 'The function then returns undefined, too.',
    mutants: [['} catch «{ return undefined; }»', '{}']],
  },
  {
    file: 'src/journal/repositoryLockFiles.ts',
    reason: 'No two locks have the same name, and any order will do that is the same in every window.',
    mutants: [
      ['for (const [name, repository] of [...byName].sort(([a], [b]) => («a < b» ? -1 : 1))) {', 'a <= b'],
      ['for (const [name, repository] of [...byName].sort(([a], [b]) => («a < b» ? -1 : 1))) {', 'a >= b'],
    ],
  },
  {
    file: 'src/journal/repositoryLockFiles.ts',
    reason: 'Nothing has to be waited for at a text.',
    mutants: [
      [
        'await Promise.all(lock?.passedOver.map((file) => this.#files.remove(file).catch(() => undefined)) ?? «[]»);',
        '["Stryker was here"]',
      ],
    ],
  },
  {
    file: 'src/journal/repositoryLockFiles.ts',
    reason: 'It then adds to files that no longer exist, which fails unnoticed.',
    mutants: [['return () => «{ clearInterval(timer); }»;', '{}']],
  },
  {
    file: 'src/journal/repositoryLockFiles.ts',
    reason: 'Neither text is a number.',
    mutants: [["const [before, after = «''»] = fileName.split(lockMark);", '"Stryker was here!"']],
  },
  {
    file: 'src/journal/runFileName.ts',
    reason: 'Neither text is a number.',
    mutants: [["const [before = '', after = «''»] = fileName.split(lockMark);", '"Stryker was here!"']],
  },
  {
    file: 'src/journal/run.ts',
    reason:
      'Only these records have results, a number or outcomes of other images, and no image has this text as its key.',
    mutants: [
      [
        "const own = «answer.kind === 'completed'» ? answer.results?.find(({ key }) => key === image.key) : undefined;",
        'true',
      ],
      ["} else if («record.type === 'answer'») {", 'true'],
      ["«record.type === 'outcomes'» ? (record.collateral ?? []) : [],", 'true'],
      ["record.type === 'outcomes' ? (record.collateral ?? «[]») : [],", '["Stryker was here"]'],
      ["record.type === 'outcomes' ? (record.collateral ?? []) : «[]»,", '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/hub/management/newestImages.ts',
    reason: 'Without a last image, there is none from before either.',
    mutants: [['«last !== undefined» &&', 'true']],
  },
  {
    file: 'src/hub/management/newestImagesCheck.ts',
    reason: 'A text in place of an image has no digest, so that it is never found.',
    mutants: [['const approved = collateral.get(digest) ?? «[]»;', '["Stryker was here"]']],
  },
  {
    file: 'src/hub/deletion/planRules.ts',
    reason: 'This only saves time: without a rule, nothing is found that breaks one.',
    mutants: [
      [
        'get isEmpty(): boolean «{ return this.#protection.patterns.length === 0 && this.#criteria === undefined; }»',
        '{}',
      ],
      ['return «this.#protection.patterns.length === 0 && this.#criteria === undefined»;', 'false'],
      ['«this.#protection.patterns.length > 0» &&', 'true'],
      ['«this.#protection.patterns.length > 0» &&', 'this.#protection.patterns.length >= 0'],
    ],
  },
  {
    file: 'src/hub/deletion/planRules.ts',
    reason: 'This only saves time: nothing is found in an empty list, and nothing is added from one.',
    mutants: [
      ['const reason = «along.length === 0» ? undefined : along.find(isReason);', 'false'],
      ['return «byProtection.length === 0» ? byCriteria : [...byProtection, ...byCriteria];', 'false'],
    ],
  },
  {
    file: 'src/hub/deletion/planRules.ts',
    reason: 'Without a selection there is no list either, and so no listed image.',
    mutants: [
      [
        'if («selection === undefined» || listed === undefined || !selection.isSelected(listed, warnings)) {',
        'false',
      ],
    ],
  },
  {
    file: 'src/hub/deletion/planRules.ts',
    reason: 'This only saves time: if no image is to stay for being new, none is selected as such.',
    mutants: [
      ['if («criteria.keepNewest === undefined») {', 'false'],
      ['if (criteria.keepNewest === undefined) «{ return new Set(); }»', '{}'],
    ],
  },
  {
    file: 'src/hub/deletion/planRules.ts',
    reason: 'This only saves time: without a warning, a copy says the same as the image.',
    mutants: [
      ['if («warnings.length === 0») {', 'false'],
      ['if (warnings.length === 0) «{ return image; }»', '{}'],
    ],
  },
  {
    file: 'src/hub/deletion/review.ts',
    reason: 'A text in place of a finding is about no image, and one in place of a digest belongs to none.',
    mutants: [
      ["const warnings = answer.kind === 'refused' ? answer.warnings : «[]»;", '["Stryker was here"]'],
      ["const blockers = answer.kind === 'refused' ? answer.blockers : «[]»;", '["Stryker was here"]'],
      ['for (const digest of survey?.collateral?.remove(digests) ?? «[]») {', '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/hub/deletion/review.ts',
    reason: 'The image was in the plan right before, and recording an answer takes none out of it.',
    mutants: [
      [
        'isAccepted && !«entry?.warnings».some((own) => own.warning.warning === warning.warning),',
        'entry.warnings',
      ],
      ['if («entry !== undefined») {', 'true'],
    ],
  },
  {
    file: 'src/hub/deletion/review.ts',
    reason: 'This only saves time: where nothing was listed, nothing is known to be deleted along.',
    mutants: [
      ['if («this.#surveys.size === 0») {', 'false'],
      ['if (this.#surveys.size === 0) «{ return; // no collateral is known }»', '{}'],
    ],
  },
  {
    file: 'src/hub/deletion/review.ts',
    reason: 'It is set to false right after, when all images are assessed.',
    mutants: [
      [
        'const survey: Survey = { inventory, collateral: undefined, selection: undefined, isOutdated: «true» };',
        'false',
      ],
    ],
  },
  {
    file: 'src/hub/deletion/review.ts',
    reason: 'A survey names only images that are still planned, and every one of these is in the review.',
    mutants: [
      ['if («entry !== undefined && survey !== undefined») {', 'true'],
      ['if («entry !== undefined && survey !== undefined») {', 'entry !== undefined || survey !== undefined'],
      ['if («entry !== undefined» && survey !== undefined) {', 'true'],
      ['if (entry !== undefined && «survey !== undefined») {', 'true'],
    ],
  },
  {
    file: 'src/hub/deletion/review.ts',
    reason: 'This only saves time: of all other images, the survey says that nothing is deleted along.',
    mutants: [
      [
        '«imagesWithCollateral === undefined || imagesWithCollateral.has(entry.planned.image.digest)»;',
        'true',
      ],
      ['if («isAffected || entry.collateral !== undefined») {', 'true'],
    ],
  },
  {
    file: 'src/hub/deletion/review.ts',
    reason:
      'This only saves time: the image is in the review, and without a rule nothing is found that breaks one.',
    mutants: [
      ['if («entry !== undefined && !this.#rules.isEmpty») {', 'true'],
      ['if («entry !== undefined && !this.#rules.isEmpty») {', 'entry !== undefined || !this.#rules.isEmpty'],
      ['if («entry !== undefined» && !this.#rules.isEmpty) {', 'true'],
    ],
  },
  {
    file: 'src/hub/deletion/reviewAge.ts',
    reason: 'The wait fails only if it is aborted, which the next line asks.',
    mutants: [['} catch «{ return; // closed, or another check has begun }»', '{}']],
  },
  {
    file: 'src/hub/deletion/reviewEntries.ts',
    reason: 'This only saves time: no decision is left to apply, so that the copy says the same.',
    mutants: [
      ['if («held.decision === this.#lastDecision») {', 'false'],
      ['if (held.decision === this.#lastDecision) «{ return held; }»', '{}'],
    ],
  },
  {
    file: 'src/hub/deletion/reviewEntry.ts',
    reason: 'This only saves time: of a single warning, and of the same array, the longer way says the same.',
    mutants: [
      ['return «another === undefined»', 'false'],
      [
        'return «a === b» || (a.length === b.length && includesWarnings(a, b) && includesWarnings(b, a));',
        'false',
      ],
      ['return «a === b» || (a.length === b.length && includes(a, b) && includes(b, a));', 'false'],
    ],
  },
  {
    file: 'src/hub/deletion/reviewTally.ts',
    reason: 'This only saves time: what is subtracted is added again.',
    mutants: [['if («before.collateral?.collateral !== after.collateral?.collateral») {', 'true']],
  },
  {
    file: 'src/hub/deletion/reviewTally.ts',
    reason: 'Only whether the number is 0 matters, not its sign.',
    mutants: [
      [
        'const count = «(this.#collateralCounts.get(key) ?? 0) + by»;',
        '(this.#collateralCounts.get(key) ?? 0) - by',
      ],
    ],
  },
  {
    file: 'src/hub/deletion/reviewedPlan.ts',
    reason: 'Each image of a request is one of the plan, and each request has its attachments.',
    mutants: [
      [
        "«warnings.get(planned)?.some»(({ warning }) => warning === 'current_tag') === true; // newer than the plan's own tags",
        'warnings.get(planned).some',
      ],
      [
        'images.flatMap((planned) => attachmentsOf(«byPlanned.get(planned)?.collateral»)),',
        'byPlanned.get(planned).collateral',
      ],
      [
        'const own = new Map(«attachments[index]?.map»((image) => [image.digest, image]));',
        'attachments[index].map',
      ],
      [
        'ignoredWarnings: images.flatMap((planned) => warnings.get(planned) ?? «[]»),',
        '["Stryker was here"]',
      ],
      ['const collateral = «byPlanned.get(planned)?.collateral»;', 'byPlanned.get(planned).collateral'],
    ],
  },
  {
    file: 'src/hub/deletion/reviewedPlan.ts',
    reason: 'The function then ends without a value, which is the same.',
    mutants: [["case «'unknown'»:", '""']],
  },
  {
    file: 'src/hub/deletion/reviewedPlan.ts',
    reason: 'A text in place of an image has no role.',
    mutants: [
      ['const images = collateral === undefined ? «[]» : imagesOf(collateral);', '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/hub/deletion/reviewedPlan.ts',
    reason: 'No tag has this text as its name, and no image has either text as its key.',
    mutants: [
      [
        ".map(({ warning, tags }) => [warning, ...[...(tags ?? «[]»)].sort()].join(' '))",
        '["Stryker was here"]',
      ],
      ["const collateral = [...(collateralKeysOf(image) ?? [«'unknown'»])].sort();", '""'],
    ],
  },
  {
    file: 'src/hub/deletion/reviewedPlan.ts',
    reason:
      'The parts are distinct without a line break as well: an origin has no path, a time has one form, and the lines are JSON.',
    mutants: [["const text = [origin, activeFrom.toISOString(), ...lines.sort()].join(«'\\n'»);", '""']],
  },
  {
    file: 'src/hub/deletion/attempts.ts',
    reason: 'Two equal times are the same.',
    mutants: [
      ['if (review.get(key) !== undefined && (last === undefined || «endedAt > last»)) {', 'endedAt >= last'],
    ],
  },
  {
    file: 'src/hub/deletion/batches.ts',
    reason: 'Every group has at least one image.',
    mutants: [
      [
        'return byRepository(images).flatMap(([first]) => first?.repository ?? «[]»);',
        '["Stryker was here"]',
      ],
      ['return byRepository(images).flatMap(([first]) => «first?.repository» ?? []);', 'first.repository'],
    ],
  },
  {
    file: 'src/hub/deletion/batches.ts',
    reason: 'Only a batch without an image would be added, and such a batch is left out.',
    mutants: [
      ['for (let start = 0; «start < ordered.length»; start += batchSize) {', 'start <= ordered.length'],
    ],
  },
  {
    file: 'src/hub/deletion/batches.ts',
    reason: 'The loop ends before a batch would be without an image. The check is for the type.',
    mutants: [['if («first !== undefined») {', 'true']],
  },
  {
    file: 'src/hub/deletion/check.ts',
    reason: 'The index is built when it is first used. Building it before only saves time.',
    mutants: [
      [
        'options.reuse.forEach(«({ images }) => imagesByDigest(images)»); // builds the index while the dry run is under way',
        '() => undefined',
      ],
    ],
  },
  {
    file: 'src/hub/deletion/check.ts',
    reason: 'An image without warnings has no reported tags. The check only saves time.',
    mutants: [
      ['if («warnings.length > 0» && isSameRepository(planned.repository, repository)) {', 'true'],
      [
        'if («warnings.length > 0» && isSameRepository(planned.repository, repository)) {',
        'warnings.length >= 0',
      ],
    ],
  },
  {
    file: 'src/hub/deletion/check.ts',
    reason: 'A text in place of a tag is not a current tag.',
    mutants: [['const listedTags = listed.get(planned.image.digest)?.tags ?? «[]»;', '["Stryker was here"]']],
  },
  {
    file: 'src/hub/deletion/collateral.ts',
    reason: 'The same object has the same details. The comparison only saves time.',
    mutants: [['return «a === b» || (isSameCollateral(a, b) && detailsOf(a) === detailsOf(b));', 'false']],
  },
  {
    file: 'src/hub/deletion/collateral.ts',
    reason: 'No role or platform has this name.',
    mutants: [
      [
        ".map(({ image: { digest, status, role = «''», platform = '' }, formerTags }) =>",
        '"Stryker was here!"',
      ],
      [
        ".map(({ image: { digest, status, role = '', platform = «''» }, formerTags }) =>",
        '"Stryker was here!"',
      ],
    ],
  },
  {
    file: 'src/hub/deletion/collateral.ts',
    reason: 'Each line begins with its digest, and both texts have the same digests in the same order.',
    mutants: [[".join(«'\\n'»);", '""']],
  },
  {
    file: 'src/hub/deletion/collateralParts.ts',
    reason:
      'An image without parts adds nothing and has no collateral among them. The check only saves time.',
    mutants: [
      [
        'for (const image of partsFirst(«inventory.filter(({ parts }) => parts !== undefined)»)) {',
        'inventory',
      ],
      ['for (const image of partsFirst(inventory.filter(({ parts }) => «parts !== undefined»))) {', 'true'],
      ['if («image.parts === undefined») {', 'false'],
      ['if (image.parts === undefined) «{ return none; }»', '{}'],
    ],
  },
  {
    file: 'src/hub/deletion/collateralParts.ts',
    reason:
      'What is known is determined again, with the same result. An image cannot contain itself, so the conditions only save time.',
    mutants: [
      [
        ': «holders.filter(({ digest }) => !this.#isCollateral.has(digest) && !begun.has(digest))»;',
        'holders',
      ],
      [': holders.filter(({ digest }) => «!this.#isCollateral.has(digest) && !begun.has(digest)»);', 'true'],
      [
        ': holders.filter(({ digest }) => «!this.#isCollateral.has(digest) && !begun.has(digest)»);',
        '!this.#isCollateral.has(digest) || !begun.has(digest)',
      ],
    ],
  },
  {
    file: 'src/hub/deletion/collateralParts.ts',
    reason: 'Every part belongs to an image that is listed.',
    mutants: [
      ['const holders = [...(this.#holders.get(part.digest) ?? «[]»)];', '["Stryker was here"]'],
      ['return [...(this.#holders.get(digest) ?? «[]»)].flatMap((holder) =>', '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/hub/deletion/collateralSurvey.ts',
    reason: 'Without former images, no tag is shared with one. The check only saves time.',
    mutants: [
      ['if («this.#formerHolders.size > 0») {', 'true'],
      ['if («this.#formerHolders.size > 0») {', 'this.#formerHolders.size >= 0'],
    ],
  },
  {
    file: 'src/hub/deletion/collateralSurvey.ts',
    reason: 'A copy with nothing added has the same content.',
    mutants: [['return «byTag.length === 0» ? parts : [...parts, ...byTag];', 'false']],
  },
  {
    file: 'src/hub/deletion/collateralSurvey.ts',
    reason: 'No image has a tag with this name, and no digest of the plan is this text.',
    mutants: [
      ['const tags = listed === undefined ? «[]» : formerTagsOf(listed);', '["Stryker was here"]'],
      [
        'tags.flatMap((tag) => this.#imagesByTag.get(tag) ?? «[]»).forEach((image) => concerned.add(image));',
        '["Stryker was here"]',
      ],
      ['planned.map(({ digest }) => [digest, reportedTags.get(digest) ?? «[]»]),', '["Stryker was here"]'],
      [
        'return image.tags.some(({ isCurrent }) => isCurrent) ? «[]» : [...new Set(historicalTags(image))];',
        '["Stryker was here"]',
      ],
    ],
  },
  {
    file: 'src/hub/deletion/collateralSurvey.ts',
    reason: 'A tag is only noted as shared if another image used to have it.',
    mutants: [['for (const image of this.#formerHolders.get(tag) ?? «[]») {', '["Stryker was here"]']],
  },
  {
    file: 'src/hub/deletion/collateralSurvey.ts',
    reason: 'Images without collateral are left out at the end. The filter only saves time.',
    mutants: [
      ['const deletedAlong = «planned .filter(({ digest }) => imagesWithCollateral.has(digest))»', 'planned'],
    ],
  },
  {
    file: 'src/hub/deletion/deletionFlow.ts',
    reason: 'Only something that is under way can be cancelled.',
    mutants: [['«this.#work?.abort»();', 'this.#work.abort']],
  },
  {
    file: 'src/hub/deletion/deletionFlow.ts',
    reason: 'The check before has noted what was seen.',
    mutants: [
      [
        'const changes = this.#wasSeen ? changesBetween(this.#before ?? «[]», this.review.entries) : [];',
        '["Stryker was here"]',
      ],
      ['const before = this.#before ?? «[]»;', '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/hub/deletion/deletionFlow.ts',
    reason: 'A text in place of an outcome is one of no run.',
    mutants: [['readonly #later: LaterOutcomes[] = «[]»;', '["Stryker was here"]']],
  },
  {
    file: 'src/hub/deletion/execution.ts',
    reason: 'A refused request has no results of single images.',
    mutants: [
      ["if (result.kind !== 'answered' || «result.answer.kind === 'refused'») {", 'false'],
      ["if (result.kind !== 'answered' || result.answer.kind === «'refused'») {", '""'],
    ],
  },
  {
    file: 'src/hub/deletion/execution.ts',
    reason: 'A refused request has no results of single images, and no result is this text.',
    mutants: [
      ["result.kind === 'answered' && «result.answer.kind === 'completed'»", 'true'],
      ['? [...(result.answer.results?.values() ?? «[]»)]', '["Stryker was here"]'],
      [': «[]»,', '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/hub/deletion/flowEvent.ts',
    reason: 'A refused request has no refusals of single images.',
    mutants: [["result.kind === 'answered' && «result.answer.kind === 'completed'»", 'true']],
  },
  {
    file: 'src/hub/deletion/glob.ts',
    reason: 'The function then returns undefined, which has the same effect.',
    mutants: [['} catch «{ return false; }»', '{}']],
  },
  {
    file: 'src/hub/deletion/imageSelection.ts',
    reason: 'None of the images is taken then, whatever their order.',
    mutants: [
      [
        'const newestFirst = «count === 0» ? [] : [...images].sort((a, b) => pushedAt(b) - pushedAt(a));',
        'false',
      ],
      [
        'const newestFirst = count === 0 ? «[]» : [...images].sort((a, b) => pushedAt(b) - pushedAt(a));',
        '["Stryker was here"]',
      ],
    ],
  },
  {
    file: 'src/hub/deletion/imagesByDigest.ts',
    reason: 'A new index is the same as the cached one. The cache only saves time.',
    mutants: [['if («found === undefined») {', 'true']],
  },
  {
    file: 'src/hub/deletion/outcome.ts',
    reason: 'A refused request has no results of single images.',
    mutants: [["result.kind === 'answered' && «result.answer.kind === 'completed'»", 'true']],
  },
  {
    file: 'src/hub/deletion/protection.ts',
    reason: 'Every text has a first part.',
    mutants: [["const [repository = «''», ...tag] = pattern.split(':');", '"Stryker was here!"']],
  },
  {
    file: 'src/hub/deletion/protectionSetting.ts',
    reason: 'Every entry is a pattern there. The filter is for the type.',
    mutants: [[": { kind: 'valid', patterns: [...new Set(«entries.filter(isPattern)»)] };", 'entries']],
  },
  {
    file: 'src/hub/deletion/settleDeletion.ts',
    reason: 'No image leaves the review while it is being deleted.',
    mutants: [
      ['return «entry !== undefined» && leavesPlan(outcome, exists) ? [{ entry, outcome }] : [];', 'true'],
    ],
  },
  {
    file: 'src/hub/deletion/imageSelection.ts',
    reason: 'It matters only that it is not the other verdict.',
    mutants: [
      ["return status === undefined || (status === 'active') === isActive ? «'matches'» : 'differs';", '""'],
    ],
  },
  {
    file: 'src/hub/deletion/imageSelection.ts',
    reason: 'Without a criterion for tags, every image matches at the next conditions, too.',
    mutants: [
      ['if («tagging === undefined && matchers.length === 0») {', 'false'],
      ["if (tagging === undefined && matchers.length === 0) «{ return () => 'matches'; }»", '{}'],
    ],
  },
  {
    file: 'src/hub/deletion/batches.ts',
    reason: 'Nothing is left over where both numbers are the same.',
    mutants: [
      [
        'return «batchSize < imagesAtOnce» ? batchSize : batchSize - (batchSize % imagesAtOnce);',
        'batchSize <= imagesAtOnce',
      ],
    ],
  },
  {
    file: 'src/hub/deletion/settleDeletion.ts',
    reason:
      'Without a list after the deletion, no image counts as missing from it, whatever was listed before.',
    mutants: [
      ['const before = «after === undefined» ? [] : (listedBefore(repository) ?? []);', 'false'],
      [
        'const before = after === undefined ? «[]» : (listedBefore(repository) ?? []);',
        '["Stryker was here"]',
      ],
      ['.filter(({ digest }) => «after?.has»(digest) === false)', 'after.has'],
    ],
  },
  {
    file: 'src/hub/registry/referenceGraph.ts',
    reason:
      'No manifest has the digest undefined, and one that is attached to itself is a circle, which is removed.',
    mutants: [
      ['if («subject !== undefined && subject !== digest» && known.has(subject)) {', 'true'],
      [
        'if («subject !== undefined && subject !== digest» && known.has(subject)) {',
        'subject !== undefined || subject !== digest',
      ],
    ],
  },
  {
    file: 'src/hub/registry/pullTimes.ts',
    reason: 'This only saves time: the times of a manifest are the same however often they are added.',
    mutants: [
      ['if («times.has(manifest.digest) || repeated.has(manifest.digest)») {', 'true'],
      [
        'const manifest = «ownRead === undefined || times.has(digest)» ? undefined : byDigest.get(digest)?.manifest;',
        'false',
      ],
      [
        'const manifest = «ownRead === undefined || times.has(digest)» ? undefined : byDigest.get(digest)?.manifest;',
        'ownRead === undefined && times.has(digest)',
      ],
      [
        'const manifest = «ownRead === undefined» || times.has(digest) ? undefined : byDigest.get(digest)?.manifest;',
        'false',
      ],
    ],
  },
  {
    file: 'src/hub/registry/removalCheck.ts',
    reason: 'No tag has this name.',
    mutants: [
      [
        'request.ignoredWarnings.flatMap((each) => (each.digest === digest ? (each.tags ?? []) : «[]»)),',
        '["Stryker was here"]',
      ],
      [
        'request.ignoredWarnings.flatMap((each) => (each.digest === digest ? (each.tags ?? «[]») : [])),',
        '["Stryker was here"]',
      ],
    ],
  },
  {
    file: 'src/hub/registry/removalCheck.ts',
    reason: 'A text has no digest, and so stands for no image.',
    mutants: [
      ['const approved = request.collateral.get(digest) ?? «[]»;', '["Stryker was here"]'],
      ['const along = collateral.get(of) ?? «[]»;', '["Stryker was here"]'],
      ["return along === 'unknown' ? «[]» : along;", '["Stryker was here"]'],
      ['const kept = (image === undefined ? «[]» : partsOf(image)).filter(', '["Stryker was here"]'],
    ],
  },
  {
    file: 'src/hub/registry/removalCheck.ts',
    reason: 'What does not exist has no parts.',
    mutants: [['const kept = («image === undefined» ? [] : partsOf(image)).filter(', 'false']],
  },
  {
    file: 'src/hub/registry/removalCheck.ts',
    reason: 'An image that does not exist has been objected to before.',
    mutants: [["if (approved === 'unknown' || «image === undefined») {", 'false']],
  },
  {
    file: 'src/hub/registry/removalPace.ts',
    reason: 'It is set before the first image is started.',
    mutants: [['if (this.#isLookDue() && «this.#lastLook !== undefined») {', 'true']],
  },
  {
    file: 'src/hub/registry/registryImageApi.ts',
    reason: 'A text has no digest, and so stands for no image.',
    mutants: [
      ['const along = collateral.get(digest) ?? «[]»;', '["Stryker was here"]'],
      [
        "const parts = along === 'unknown' ? «[]» : along.filter(({ role }) => role !== 'signature');",
        '["Stryker was here"]',
      ],
    ],
  },
  {
    file: 'src/hub/registry/manifestKind.ts',
    reason: 'This only saves time: a media type without parameters is its own first part.',
    mutants: [
      ['if («exact !== undefined») {', 'false'],
      ['if (exact !== undefined) «{ return exact; }»', '{}'],
    ],
  },
  {
    file: 'src/hub/registry/requestFindings.ts',
    reason: 'Only whether it is true matters.',
    mutants: [['{ mayDelete, mayBeAttachment = «() => false» }: FindingsContext,', '() => undefined']],
  },
  {
    file: 'src/hub/registry/requestFindings.ts',
    reason: 'A text is the same as no warning.',
    mutants: [
      [
        'byDigest.set(warning.digest, [...(byDigest.get(warning.digest) ?? «[]»), warning]);',
        '["Stryker was here"]',
      ],
    ],
  },
];
