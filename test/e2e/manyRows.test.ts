import assert from 'node:assert/strict';
import { benchAccount, benchRepository, benchWorld } from '../../bench/support/benchWorld';
import { openHubImages } from '../workbench/driver';
import { describeOn } from './support/apis';
import { sent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { imageRows, namespaceRow, openRow, repositoryRow, siblingCount } from './support/rows';
import { signIn } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually, hasText } from './support/waitFor';

const summary = 'GetNamespacesRepositorieImagesSummary';
const images = 'GetNamespacesRepositoriesImages';
/** More rows than this are in no window's view at once. */
const viewLimit = 60;

describeOn('management', 'a namespace with 2,000 repositories, one of which has 100,000 images', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('management', {
    hub: () => ({
      world: benchWorld({ images: 100_000, repositories: 2000, imagesEach: 0, hasTags: false }),
    }),
  });
  const page = () => workbench().page;
  const large = () => repositoryRow(page(), benchRepository);
  const counted = () => sent(hub.exchanges, summary).map(({ path }) => path);

  it('has only the rows in view counted, each once', async () => {
    await openHubImages(page());
    await signIn(page(), benchAccount);
    await openRow(page(), namespaceRow(page(), 'bench'));
    await hasText(large(), '100,000 images');
    assert.equal(await siblingCount(large()), 2000);
    assert.equal(sent(hub.exchanges, 'GetNamespaceRepositories').length, 20);
    await eventually(() => hub.sandbox.inFlight, 0);
    assert.ok(counted().length <= viewLimit, `${counted().length} summaries`);
    assert.equal(new Set(counted()).size, counted().length);
  });

  it('asks for one page of the large one, whose images were counted once', async () => {
    await openRow(page(), large());
    await imageRows(page()).first().waitFor();
    assert.equal(await siblingCount(imageRows(page()).first()), 101);
    await eventually(() => hub.sandbox.inFlight, 0);
    assert.equal(sent(hub.exchanges, images).length, 1);
    assert.equal(counted().filter((path) => path.includes(`/${benchRepository.split('/')[1]}/`)).length, 1);
  });
});
