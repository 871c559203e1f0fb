import { sandboxAccounts, sandboxOrganisationTokens } from './accounts';
import { digestOf } from './digestOf';
import type { Annotations } from './manifest';
import type { SandboxRepository } from './repository';
import { SandboxWorld } from './world';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** Accounts and repositories as a small company might have them; the same for the same `now`. */
export function demoWorld(now: Date): SandboxWorld {
  const world = new SandboxWorld();
  Object.values(sandboxAccounts).forEach((account) => world.addUser(account));
  const tokens = Object.values(sandboxOrganisationTokens);
  world.addOrganisation('acme', { demo: 'admin', reader: 'read' }, 'Acme Laboratories', tokens);
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
  fillApi(addTo(world, 'acme/api', 'Public HTTP interface', 184_211, daysAgo), daysAgo);
  fillGateway(addTo(world, 'acme/gateway', 'Edge proxy for amd64 and arm64', 52_480, daysAgo), daysAgo);
  fillNightly(addTo(world, 'acme/nightly', 'Builds of every night', 9_377, daysAgo), daysAgo);
  fillBilling(addTo(world, 'acme/billing', 'Invoices', 4_105, daysAgo, true), daysAgo);
  fillWebsite(addTo(world, 'demo/website', 'Personal site', 1_302, daysAgo), daysAgo);
  fillDotfiles(addTo(world, 'demo/dotfiles', 'Shell and editor in a container', 77, daysAgo, true), daysAgo);
  fillArchive(addTo(world, 'demo/archive', 'Imported from an older registry', 0, daysAgo), daysAgo);
  addTo(world, 'demo/scratchpad', 'Nothing here yet', 0, daysAgo);
  fillBlog(addTo(world, 'free/blog', 'A blog', 210, daysAgo), daysAgo);
  return world;
}

type DaysAgo = (days: number) => Date;

function addTo(
  world: SandboxWorld,
  name: string,
  description: string,
  pullCount: number,
  daysAgo: DaysAgo,
  isPrivate = false,
): SandboxRepository {
  return world.addRepository(name, { description, pullCount, isPrivate, registeredAt: daysAgo(900) });
}

/** 41 images, 12 of them inactive: every build moves `main`, every fourth is a release and moves `latest`. */
function fillApi(api: SandboxRepository, daysAgo: DaysAgo): void {
  const builds = 41;
  for (let age = builds - 1; age >= 0; age -= 1) {
    const digest = digestOf(`acme/api build ${builds - age}`);
    const days = age < 24 ? age * 1.1 + 0.1 : 34 + (age - 24) * 6;
    const isRelease = age % 4 === 0;
    const release = 10 - age / 4;
    const version = `2.${Math.floor(release / 3)}.${release % 3}`;
    const series = `2.${Math.floor(release / 3)}`;
    const tags = isRelease ? ['main', version, series, 'latest'] : ['main'];
    api.push({ digest, tags, at: daysAgo(days), sizeBytes: 61_000_000 + age * 137_000 });
    if (isRelease && age < 40) {
      api.pull(digest, daysAgo(Math.min(days, age * 0.25) * 0.9));
    } else if (age % 3 === 0) {
      api.pull(digest, daysAgo(days * 0.98));
    }
  }
  // somebody still runs this one by its digest
  api.pull(digestOf('acme/api build 2'), daysAgo(3.5));
}

/** Multi-platform images. Two versions share a platform that did not change. */
function fillGateway(gateway: SandboxRepository, daysAgo: DaysAgo): void {
  const versions = ['1.0.0', '1.1.0', '1.1.1', '1.2.0', '1.3.0', '1.3.1', '1.4.0'];
  versions.forEach((version, position) => {
    const days = (versions.length - 1 - position) * 19 + 2;
    const platform = (name: string) => digestOf(`acme/gateway ${version} ${name}`);
    const arm64 = version === '1.1.1' ? digestOf('acme/gateway 1.1.0 arm64') : platform('arm64');
    const isStillTagged = version !== '1.1.0' && version !== '1.3.0'; // these two only ever were `latest` and `edge`
    const index = digestOf(`acme/gateway ${version}`);
    const push = (digest: string, os: string, architecture: string) => {
      gateway.push({ digest, at: daysAgo(days), platform: { os, architecture } });
    };
    push(platform('amd64'), 'linux', 'amd64');
    push(arm64, 'linux', 'arm64');
    push(platform('attestation'), 'unknown', 'unknown');
    gateway.push({
      digest: index,
      tags: isStillTagged ? [version, 'edge', 'latest'] : ['edge', 'latest'],
      at: daysAgo(days),
      children: [
        platform('amd64'),
        arm64,
        { digest: platform('attestation'), annotations: attestationOf(platform('amd64')) },
      ],
      sizeBytes: 2_400,
    });
    if (days < 60) {
      gateway.pull(index, daysAgo(days * 0.2));
      gateway.pull(platform('amd64'), daysAgo(days * 0.2));
    }
  });
}

/** As BuildKit annotates it in the index. */
function attestationOf(digest: string): Annotations {
  return { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': digest };
}

/** 240 images, most of them inactive; every third still has a tag of its own. */
function fillNightly(nightly: SandboxRepository, daysAgo: DaysAgo): void {
  for (let age = 239; age >= 0; age -= 1) {
    const at = daysAgo(age + 0.2);
    const digest = digestOf(`acme/nightly ${240 - age}`);
    const day = at.toISOString().slice(0, 10).replaceAll('-', '');
    nightly.push({
      digest,
      tags: age % 3 === 0 ? ['nightly', `nightly-${day}`] : ['nightly'],
      at,
      sizeBytes: 112_000_000,
    });
    if (age % 5 === 0) {
      nightly.pull(digest, daysAgo(age + 0.1));
    }
  }
}

function fillBilling(billing: SandboxRepository, daysAgo: DaysAgo): void {
  for (let age = 8; age >= 0; age -= 1) {
    const digest = digestOf(`acme/billing ${9 - age}`);
    const tags = [`0.${9 - age}`, ...(age === 1 ? ['production', 'staging'] : age === 0 ? ['staging'] : [])];
    billing.push({ digest, tags, at: daysAgo(age * 13 + 1) });
  }
  billing.pull(digestOf('acme/billing 8'), daysAgo(0.3));
}

function fillWebsite(website: SandboxRepository, daysAgo: DaysAgo): void {
  for (let age = 11; age >= 0; age -= 1) {
    const digest = digestOf(`demo/website ${12 - age}`);
    website.push({
      digest,
      tags: age % 6 === 0 ? ['latest', `v${12 - age}`] : ['latest'],
      at: daysAgo(age * 9 + 0.5),
    });
  }
  website.pull(digestOf('demo/website 12'), daysAgo(0.1));
}

function fillDotfiles(dotfiles: SandboxRepository, daysAgo: DaysAgo): void {
  for (const [position, tag] of ['bash', 'zsh', 'fish', 'vim', 'emacs'].entries()) {
    const digest = digestOf(`demo/dotfiles ${tag}`);
    dotfiles.push({ digest, tags: [tag], at: daysAgo(400 - position * 70) });
    if (position % 2 === 1) {
      dotfiles.pull(digest, daysAgo(position * 4));
    }
  }
}

/** Nobody ever pulled these, and of most the registry they came from did not say when they were pushed. */
function fillArchive(archive: SandboxRepository, daysAgo: DaysAgo): void {
  for (let number = 1; number <= 6; number += 1) {
    const at = number > 4 ? daysAgo(number * 30) : undefined;
    archive.push({
      digest: digestOf(`demo/archive ${number}`),
      tags: number % 2 === 0 ? [`old-${number}`] : [],
      at,
    });
  }
}

function fillBlog(blog: SandboxRepository, daysAgo: DaysAgo): void {
  for (let number = 1; number <= 5; number += 1) {
    blog.push({
      digest: digestOf(`free/blog ${number}`),
      tags: ['latest', `${number}`],
      at: daysAgo(100 - number * 18),
    });
  }
}
