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
    reason: 'The file was read right before and cannot be missing.',
    mutants: [
      [
        'return «(await history.list()).find((file) => file.id === id)?.modifiedAt» ?? new Date(0);',
        '(await history.list()).find(file => file.id === id).modifiedAt',
      ],
    ],
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
    reason: 'Lines behind a missing header count as damaged, which the next condition finds.',
    mutants: [['return header === undefined && «lines.length === 0» && damagedLines === 0;', 'true']],
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
        "const orphaned = locks.filter(({ name }) => !open.has(lockNameOf(name)?.id ?? «''»));",
        '"Stryker was here!"',
      ],
      [
        "const orphaned = locks.filter(({ name }) => !open.has(«lockNameOf(name)?.id» ?? ''));",
        'lockNameOf(name).id',
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
    mutants: [
      [
        'if (named.size <= 1 && «subject !== undefined» && subject !== digest && digests.has(subject)) {',
        'true',
      ],
    ],
  },
  {
    file: 'src/hub/registry/referenceGraph.ts',
    reason: 'A manifest that is attached to itself is a circle, which is taken apart afterwards.',
    mutants: [
      [
        'if (named.size <= 1 && subject !== undefined && «subject !== digest» && digests.has(subject)) {',
        'true',
      ],
    ],
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
    reason: 'A missing time is not later than any other.',
    mutants: [['return a === undefined || («b !== undefined» && b > a) ? b : a;', 'true']],
  },
  {
    file: 'src/hub/registry/pullTimes.ts',
    reason: 'Two equal times are the same.',
    mutants: [['return a === undefined || (b !== undefined && «b > a») ? b : a;', 'b >= a']],
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
    file: 'src/hub/registry/removal.ts',
    reason: 'A step that does nothing needs no promise to be waited for.',
    mutants: [['«() => Promise.resolve()»,', '() => undefined']],
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
        "const removed = [...results].flatMap(([digest, result]) => (result === 'removed' ? [digest] : «[]»));",
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
];
