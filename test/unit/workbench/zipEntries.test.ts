import assert from 'node:assert/strict';
import { zipEntries } from '../../run/support/zipEntries';

describe('zipEntries', () => {
  it('lists the names in the directory of an archive', () => {
    const archive = Buffer.concat([entry('package.json', 4, 2), entry('médiathèque/a.svg', 0, 0), end()]);
    assert.deepEqual(zipEntries(archive), ['package.json', 'médiathèque/a.svg']);
  });

  it('refuses what is no archive', () => {
    assert.throws(() => zipEntries(Buffer.from('PK, or so it says')), /not a ZIP archive/);
  });
});

/** A record of the central directory (APPNOTE 4.3.12), which begins at offset 0 here. */
function entry(name: string, extraLength: number, commentLength: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(Buffer.byteLength(name), 28);
  header.writeUInt16LE(extraLength, 30);
  header.writeUInt16LE(commentLength, 32);
  return Buffer.concat([header, Buffer.from(name), Buffer.alloc(extraLength + commentLength)]);
}

/** The record that ends an archive (APPNOTE 4.3.16). */
function end(): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  return record;
}
