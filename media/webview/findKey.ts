/** Ctrl+F as everywhere, and the slash where nothing is typed. */
export function isFind(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  return ctrlKey !== metaKey
    ? key.toLowerCase() === 'f' && !altKey && !shiftKey
    : key === '/' && !ctrlKey && !altKey && !isText(event.target);
}

/** Whether keys move the caret or the choice there. */
export function isText(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input[type="search"], select');
}
