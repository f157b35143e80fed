// Providers of OpenID Connect on loopback: a certified one, and one that answers whatever a test tells it to.
import { createHash, createHmac, constants, generateKeyPairSync, randomUUID, sign as signBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { atEnd } from './temp.mjs';

/** What the harness adds to a portal's settings: single({ issuer }, { create_contacts: true }) */
export const single = (provider, more = {}) => ({ label: 'Continue with Acme ID', issuer: provider.issuer, client_id: 'portal', ...more });

export const SECRET = 'a secret that only both know: %&+=';

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function listen(server, port = 0) {
  server.keepAliveTimeout = 120_000; // or a slow machine has connections end under requests
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => done(server.address().port));
  });
}

function endWithFile(server) {
  atEnd(() => new Promise((done) => {
    server.closeAllConnections();
    server.close(done);
  }));
}

// --- a real one ------------------------------------------------------------------------------------------------------

/** Keys for each algorithm that is taken. */
function realKeys() {
  const rsa = (alg) => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: alg });
  const ec = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'ES256' };
  return [rsa('RS256'), rsa('PS256'), ec];
}

/**
 * oidc-provider. It asks for a name on a page of its own; `people` says what it knows about each: { anna: { email,
 * email_verified, given_name, family_name } }. Clients are added with `register()` once the portal's port is known.
 */
export class RealProvider {
  static async start(people) {
    const provider = new RealProvider();
    provider.people = people;
    provider.server = createServer((request, response) => provider.#serve(request, response));
    provider.issuer = `http://127.0.0.1:${await listen(provider.server)}`;
    endWithFile(provider.server);
    return provider;
  }

  /** register([{ origin, id, client_id, alg, auth }]) */
  async register(clients) {
    const { default: Provider } = await import('oidc-provider');
    const people = this.people;
    this.oidc = new Provider(this.issuer, {
      clients: clients.map(({ origin, id = 'acme', client_id = 'portal', alg = 'RS256', auth = 'client_secret_basic' }) => ({
        client_id,
        ...(auth !== 'none' && { client_secret: SECRET }),
        token_endpoint_auth_method: auth,
        id_token_signed_response_alg: alg,
        redirect_uris: [`${origin}/api/v1/oidc/${id}/return`],
        post_logout_redirect_uris: [`${origin}/api/v1/oidc/${id}/ended`],
      })),
      jwks: { keys: realKeys() },
      enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
      cookies: { keys: [randomUUID()] },
      pkce: { methods: ['S256'], required: () => true },
      features: {
        devInteractions: { enabled: false },
        // Its own page would fetch a font from strangers.
        rpInitiatedLogout: { logoutSource: (context, form) => {
          context.body = `<!doctype html><html lang="en"><title>Acme ID</title><h1>Acme ID</h1>${form}<button form="op.logoutForm" name="logout" value="yes">Sign me out</button></html>`;
        } },
      },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      claims: { openid: ['sub'], email: ['email', 'email_verified', 'groups'], profile: ['given_name', 'family_name', 'name'] },
      ttl: { Grant: 600, Interaction: 600, Session: 600, AccessToken: 600, IdToken: 600 },
      findAccount: (_, sub) => people[sub] && { accountId: sub, claims: () => ({ sub, ...people[sub] }) },
      async loadExistingGrant(context) {
        const { client, session, provider } = context.oidc;
        const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
    this.callback = this.oidc.callback();
  }

  async #serve(request, response) {
    if (!request.url.startsWith('/interaction/')) {
      this.callback(request, response);
      return;
    }
    if (request.method === 'GET') {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!doctype html><html lang="en"><title>Acme ID</title><h1>Acme ID</h1><form method="post">
        <label>Who are you? <input name="login"></label><button>That is me</button><button name="no" value="1">Rather not</button></form></html>`);
      return;
    }
    let body = '';
    for await (const piece of request) body += piece;
    const form = new URLSearchParams(body);
    const result = form.has('no') ? { error: 'access_denied', error_description: 'Rather not' } : { login: { accountId: form.get('login') } };
    await this.oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
}

/** A browser at a provider, without a browser: keeps its cookies, follows where it is led. */
export class Walker {
  cookies = new Map();

  async go(url, options = {}) {
    const response = await fetch(url, { redirect: 'manual', ...options,
      headers: { ...options.headers, Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    // One field of them all, as every fetch has it; dates have commas, too.
    for (const cookie of (response.headers.get('set-cookie') ?? '').split(/, (?=[^;,=\s]+=)/).filter(Boolean)) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.cookies.set(name, value);
    }
    return response;
  }

  /** From the provider's first address to the one of the portal that it leads back to. `login` null: rather not. */
  async through(provider, url, login) {
    for (let step = 0; step < 12; step++) {
      if (!url.startsWith(provider.issuer)) return url;
      let response = await this.go(url);
      if (response.status === 200) {
        const body = new URLSearchParams(login === null ? { no: '1' } : { login });
        response = await this.go(url, { method: 'POST', body });
      }
      const location = response.headers.get('location');
      if (!location) throw new Error(`${response.status} ${await response.text()}`);
      url = new URL(location, url).href;
    }
    throw new Error(`the provider leads in circles: ${url}`);
  }
}

// --- one that does as it is told ---------------------------------------------------------------------------------------

export const rsaKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
export const ecKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

const HASHES = {
  RS256: (key, bytes) => signBytes('sha256', bytes, key),
  PS256: (key, bytes) => signBytes('sha256', bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  ES256: (key, bytes) => signBytes('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }),
  HS256: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
  none: () => '',
};

/** A compact token: jwt({ alg: 'RS256', kid }, claims, key) */
export function jwt(header, claims, key) {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${Buffer.from(HASHES[header.alg](key, Buffer.from(input))).toString('base64url')}`;
}

export const atHash = (token) => createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');

/**
 * Every issuer is a folder of one server: provider.issuer('slow'). What it answers is in `answers`, by path, as a function of
 * the request's body to { status, headers, body }, or a body; `asked` keeps what it was asked.
 */
export class ToldProvider {
  answers = new Map();
  asked = [];
  keys = [];

  /** `tls`: { key, cert }, as texts: it speaks https. */
  static async start(tls) {
    const provider = new ToldProvider();
    const serve = (request, response) => provider.#serve(request, response);
    provider.server = tls ? createTlsServer(tls, serve) : createServer(serve);
    provider.origin = `http${tls ? 's' : ''}://127.0.0.1:${await listen(provider.server)}`;
    endWithFile(provider.server);
    return provider;
  }

  issuer(name) {
    return `${this.origin}/${name}`;
  }

  discovery(name, change = {}) {
    const issuer = this.issuer(name);
    return { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys`, ...change };
  }

  answer(name, page, what) {
    this.answers.set(`/${name}/${page}`, what);
  }

  /** An issuer whose keys are these public ones: [{ kid, key, alg }]. */
  issue(name, keys, change) {
    this.answer(name, '.well-known/openid-configuration', () => this.discovery(name, change));
    this.answer(name, 'keys', () => ({ keys: keys.map(({ kid, key, ...more }) => ({ ...key.publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...more })) }));
  }

  async #serve(request, response) {
    let body = '';
    for await (const piece of request) body += piece;
    this.asked.push({ method: request.method, path: request.url, body, headers: request.headers });
    const what = this.answers.get(request.url.split('?')[0]);
    const answer = what && await what(new URLSearchParams(body), request);
    if (answer === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { status = 200, headers = {}, raw } = answer.raw === undefined ? { raw: JSON.stringify(answer) } : answer;
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(raw);
  }
}
