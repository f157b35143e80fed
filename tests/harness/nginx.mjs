// The real nginx with what the generator wrote for it, on a free port of this machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Program } from './process.mjs';
import { atEnd, tempFolder } from './temp.mjs';

/** nginx with these lines in its http { }. Ends with the file's tests. */
export async function nginxWith(lines) {
  const place = tempFolder('nginx');
  mkdirSync(join(place, 'tmp'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${place}/tmp/${what};`).join('\n  ');
  writeFileSync(join(place, 'nginx.conf'), `
${process.getuid() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
pid ${place}/nginx.pid;
error_log stderr notice;
events { worker_connections 512; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  ${temporary}
  ${lines}
}
`);
  const program = new Program('nginx', ['-p', place, '-c', join(place, 'nginx.conf')], { env: { PATH: `${process.env.PATH}:/usr/sbin` } });
  atEnd(() => program.stop('SIGQUIT'));
  if (!(await program.line(/start worker process \d+/))) throw new Error(`nginx does not start\n${program.said}`);
  return program;
}

/** Serve `folder`/out on `port`, passing the API on to `api` ("127.0.0.1:8080"). */
export function nginx({ folder, port, api, hsts = '' }) {
  return nginxWith(`
  server {
    listen 127.0.0.1:${port};
    set $guichet ${folder}/out;
    set $guichet_api ${api};
    set $guichet_hsts "${hsts}";
    include ${folder}/out/portal/hosting/nginx.conf;
  }`);
}
