import { isFind, isText } from './findKey';
import type { RowWindow } from './rowWindow';

/**
 * Handles the keys of a page with a long list: those that search, and those that go to an end of it. The browser would stop
 * where it believed the ends to be before the rows there were measured.
 */
export function pressListKey(event: KeyboardEvent, rows: RowWindow, focusSearch: () => void): void {
  if (isFind(event)) {
    focusSearch();
    event.preventDefault();
    return;
  }
  if (isText(event.target)) {
    return;
  }
  if (event.shiftKey || event.altKey || event.metaKey || (event.key !== 'End' && event.key !== 'Home')) {
    return;
  }
  event.preventDefault();
  if (event.key === 'End') {
    rows.goToEnd();
  } else {
    window.scrollTo(0, 0);
  }
}
