import assert from 'node:assert/strict';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import { notification, openHubImages } from '../workbench/driver';
import { useWorkbench } from '../workbench/useWorkbench';
import { useHub } from './support/hub';
import { Review } from './support/review';
import { imageRow, messageRow, namespaceRow, openRepository, select, siblingCount } from './support/rows';
import { signIn } from './support/signIn';

/** What a folder that somebody opens may bring along, at its worst. */
const workspaceSettings = {
  'hubImages.apiUrl': 'http://127.0.0.1:9',
  'hubImages.namespaces': ['intruder'],
  'hubImages.repositories': ['demo/intruder'],
  'hubImages.pageSize': 10,
  'hubImages.protect': ['acme/*'],
  'hubImages.evidence.keepDays': 1,
};

describe('settings of a folder that is open', () => {
  for (const isTrusted of [false, true]) {
    describe(isTrusted ? 'and trusted' : 'and not trusted', () => {
      const hub = useHub();
      const workbench = useWorkbench(() => ({
        isTrusted,
        settings: { 'hubImages.apiUrl': hub.url },
        workspaceSettings,
      }));
      const page = () => workbench().page;

      before(async () => {
        await openHubImages(page());
        await signIn(page(), sandboxAccounts.demo);
        await namespaceRow(page(), 'acme').waitFor();
      });

      it(`${isTrusted ? 'add to' : 'do not change'} what the view shows`, async () => {
        await openRepository(page(), 'acme/api');
        await screenshot(page(), isTrusted ? 'workspace-trusted' : 'workspace-restricted');
        assert.equal(await namespaceRow(page(), 'intruder').count(), isTrusted ? 1 : 0);
        const images = await siblingCount(imageRow(page(), 'main, 2.3.1, 2.3, latest'));
        assert.equal(images, isTrusted ? 11 : 41); // with the row that loads more
        assert.equal(await messageRow(page(), 'Load 10 more').count(), isTrusted ? 1 : 0);
      });

      it(`${isTrusted ? 'protect' : 'neither protect nor block'} images`, async () => {
        await select(imageRow(page(), '2.3.0'));
        await page().keyboard.press('Delete');
        if (isTrusted) {
          await notification(page(), 'Nothing to delete: the setting "hubImages.protect" protects').waitFor();
        } else {
          await new Review(page()).says('Dry run finished for 1 image');
        }
      });

      it('never name the server', () => {
        assert.ok(hub.exchanges.some(({ operation }) => operation === 'PostUsersLogin'));
      });
    });
  }
});
