/** What a screen reader says of elements. It runs in the page, whose types are not known here. */
export function labelsOf(elements: readonly unknown[]): (string | null)[] {
  return elements.map((element) =>
    (element as { getAttribute(name: string): string | null }).getAttribute('aria-label'),
  );
}
