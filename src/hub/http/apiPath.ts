/**
 * Template tag that builds an API path and percent-encodes each inserted value as one path segment.
 *
 * @example apiPath`/v2/namespaces/${namespace}/delete-images`
 * @throws {RangeError} A value is empty, `.` or `..` and would change which path is requested.
 */
export function apiPath(texts: TemplateStringsArray, ...segments: readonly string[]): string {
  return segments.reduce(
    (path, segment, index) => path + encodeSegment(segment) + (texts[index + 1] ?? ''),
    texts[0] ?? '',
  );
}

function encodeSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..') {
    throw new RangeError('a segment of a path must not be empty, . or ..');
  }
  return encodeURIComponent(segment);
}
