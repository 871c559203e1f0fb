/** Sets the height of the toolbar for the style sheet: the table's head sticks beneath it, and no focused control hides there. */
export function setStickyHeight(root: HTMLElement): void {
  const toolbar = root.querySelector('.toolbar');
  if (toolbar !== null && getComputedStyle(toolbar).position === 'sticky') {
    const height = `${String(toolbar.getBoundingClientRect().height)}px`;
    const { style } = document.documentElement;
    if (style.getPropertyValue('--toolbar-height') !== height) {
      style.setProperty('--toolbar-height', height); // on the root, so every element is styled anew
    }
  }
}
