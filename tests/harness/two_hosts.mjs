// The pages at one host and the API at another of the same domain, as in production: https, behind nginx, with a certificate
// of our own making. Names lead to this machine in the browser alone.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapHosts } from './browser.mjs';
import { certificate } from './certificate.mjs';
import { HOST, editJson, freePort, serve } from './guichet.mjs';
import { nginxWith } from './nginx.mjs';
import { tempFolder } from './temp.mjs';

export const API_HOST = 'api.acme.example';
export const SIBLING = 'blog.acme.example';
export const SECOND = 'assistance.acme.example';

/**
 * twoHosts({ edit, env }) -> a server as of serve(), whose `origin` is the pages'. The same domain has a sibling that is not
 * ours, https://blog.acme.example; and http://support.acme.example answers, too. `pages` says what these two show:
 * { 'attack.html': '...' }.
 */
export async function twoHosts({ edit, env, pages = {} } = {}) {
  const server = await serve({
    live: true,
    edit: (folder) => {
      editJson(folder, 'content/portal.json', (portal) => { portal.api = `https://${API_HOST}/api/v1`; });
      edit?.(folder);
    },
    env: { GUICHET_PROXY: '127.0.0.1', GUICHET_SITE: '', ...env },
  });
  const [port, plain] = [await freePort(), await freePort()];
  const { key, cert } = certificate(['*.acme.example']);
  const foreign = join(tempFolder('foreign'), 'www');
  mkdirSync(foreign);
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(foreign, name), text);
  const out = join(server.folder, 'out');
  await nginxWith(`
  ssl_certificate ${cert};
  ssl_certificate_key ${key};
  server {
    listen 127.0.0.1:${port} ssl;
    server_name ${HOST} ${SECOND};
    set $guichet ${out};
    set $guichet_hsts "";
    include ${out}/portal/hosting/nginx.conf;
  }
  server {
    listen 127.0.0.1:${port} ssl;
    server_name ${API_HOST};
    set $guichet_api 127.0.0.1:${server.port};
    set $guichet_hsts "";
    include ${out}/portal/hosting/nginx-api.conf;
  }
  server {
    listen 127.0.0.1:${port} ssl;
    listen 127.0.0.1:${plain};
    server_name ${SIBLING} ${HOST};
    root ${foreign};
  }`);
  mapHosts(['support', 'assistance', 'api', 'blog'].flatMap((name) =>
    [`MAP ${name}.acme.example:443 127.0.0.1:${port}`, `MAP ${name}.acme.example:80 127.0.0.1:${plain}`]));
  return Object.assign(server, { origin: `https://${HOST}`, host: HOST, hosts: [HOST, SECOND, API_HOST] });
}
