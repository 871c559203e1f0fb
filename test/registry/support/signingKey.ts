import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../workbench/childProcess';

/** A key that tokens are signed with, and the certificate by which a registry knows it. */
export interface SigningKey {
  readonly certificateFile: string;
  /** A signed token in its compact form. */
  readonly signed: (claims: object) => string;
}

/** Makes a key that nobody else has. */
export async function createSigningKey(folder: string): Promise<SigningKey> {
  const keyFile = join(folder, 'key.pem');
  const certificateFile = join(folder, 'certificate.pem');
  await runProgram('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-subj', '/CN=tokens of a test', '-days', '2', '-keyout', keyFile, '-out', certificateFile],
  ]);
  const key = createPrivateKey(await readFile(keyFile));
  const certificate = new X509Certificate(await readFile(certificateFile));
  const header = encode({ typ: 'JWT', alg: 'ES256', x5c: [certificate.raw.toString('base64')] });
  const signed = (claims: object) => {
    const text = `${header}.${encode(claims)}`;
    // the form that tokens have it in, not that of certificates
    const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  };
  return { certificateFile, signed };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
