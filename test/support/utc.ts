import { setLanguage } from '../../src/texts/language';

/** Lets the tests of the file write times in UTC, wherever they run. */
export function useUtc(): void {
  const zone = process.env['TZ'];

  before(() => {
    process.env['TZ'] = 'UTC';
    setLanguage({ tag: 'en-US', translations: undefined }); // not the locale before, whose formats have its zone
  });

  after(() => {
    if (zone === undefined) {
      delete process.env['TZ'];
    } else {
      process.env['TZ'] = zone;
    }
    setLanguage({ tag: 'en', translations: undefined });
  });
}
