// Certificates that nobody but the tests trusts.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { tempFolder } from './temp.mjs';

/** certificate(['*.acme.example', '127.0.0.1']) -> { key, cert }: files. Who trusts `cert` as an authority trusts it. */
export function certificate(names) {
  const folder = tempFolder('certificate');
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  const alternatives = names.map((name) => `${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}`).join(',');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=Guichet tests', '-addext', `subjectAltName=${alternatives}`, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  return { key, cert };
}
