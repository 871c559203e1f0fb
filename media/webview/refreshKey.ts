/** Handles the key that reads again what a page shows: F5 alone. */
export function pressRefreshKey(event: KeyboardEvent, refresh: () => void): void {
  const { key, ctrlKey, shiftKey, altKey, metaKey } = event;
  if (key === 'F5' && !ctrlKey && !shiftKey && !altKey && !metaKey) {
    event.preventDefault();
    event.stopPropagation(); // the editor would begin to debug
    refresh();
  }
}
