// The JSON Schemas and the reference that `guichet-gen schema` writes, held against what is committed and against portals.
import Ajv from 'ajv/dist/2020.js';
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { portalFolder, root, run } from '../harness/guichet.mjs';
import { tempFolder } from '../harness/temp.mjs';

const golden = join(root, 'tests/golden/gen');
const reference = 'content/help/en/running-the-portal/90-every-setting.md';
const names = ['form', 'pipelines', 'portal', 'properties', 'sections', 'theme'];
const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** The golden portal of a case, laid out as tests/golden/gen/run.sh does. */
function layOut(name) {
  const folder = join(tempFolder('golden'), 'portal');
  const taken = join(golden, name, 'remove');
  cpSync(join(golden, 'base'), folder, { recursive: true });
  if (existsSync(join(golden, name, 'portal'))) cpSync(join(golden, name, 'portal'), folder, { recursive: true, verbatimSymlinks: true });
  if (existsSync(taken)) for (const path of readFileSync(taken, 'utf8').split(/\s+/).filter(Boolean)) rmSync(join(folder, path), { recursive: true });
  return folder;
}

/** A portal's settings files: [schema, path] of each. */
function filesOf(folder) {
  const list = (path) => (existsSync(join(folder, path)) ? readdirSync(join(folder, path)) : []);
  return [
    ['portal', 'content/portal.json'],
    ['pipelines', 'content/pipelines.json'],
    ['properties', 'content/properties.json'],
    ...list('content/forms').map((name) => ['form', `content/forms/${name}`]),
    ['sections', 'content/help/sections.json'],
    ...list('themes').map((name) => ['theme', `themes/${name}/theme.json`]),
  ].filter(([, path]) => existsSync(join(folder, path)));
}

/** Write a portal's schemas and compile them: validators by name. */
async function validators(folder) {
  const { code, stderr } = await run('guichet-gen', ['schema', '--site', folder]);
  assert.equal(code, 0, stderr);
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false, allowMatchingProperties: true });
  return Object.fromEntries(names.map((name) => [name, ajv.compile(read(folder, `content/schemas/${name}.schema.json`))]));
}

/** What the schema says of a file; [] is good. */
function said(validate, folder, path) {
  return validate(read(folder, path)) ? [] : validate.errors.map(({ instancePath, message, params }) => `${path}${instancePath}: ${message} ${JSON.stringify(params)}`);
}

describe('the schemas', async () => {
  const example = portalFolder();
  const compiled = await validators(example);

  it('are committed as the generator writes them, and so is the reference (guichet-gen schema)', () => {
    for (const path of [...names.map((name) => `content/schemas/${name}.schema.json`), reference])
      assert.equal(readFileSync(join(root, path), 'utf8'), readFileSync(join(example, path), 'utf8'), path);
  });

  it('describe every setting', () => {
    const bare = [];
    const look = (schema, path) => {
      for (const [key, each] of Object.entries(schema.properties ?? {})) {
        if (key !== '$schema' && !each.title && !path.includes('if')) bare.push(`${path}/${key}`);
        look(each, `${path}/${key}`);
      }
      for (const inner of [schema.items, schema.additionalProperties, ...(schema.anyOf ?? [])].filter(Boolean)) look(inner, `${path}/*`);
    };
    for (const name of names) look(read(root, `content/schemas/${name}.schema.json`), name);
    assert.deepEqual(bare.filter((path) => !/^theme\/settings\/\*\/type$/.test(path)), []);
  });

  it('take the example portal, whose files name them', () => {
    for (const [name, path] of filesOf(root)) {
      assert.deepEqual(said(compiled[name], root, path), []);
      assert.ok(read(root, path).$schema?.endsWith(`schemas/${name}.schema.json`), path);
    }
  });

  for (const name of readdirSync(join(golden, 'good')))
    it(`take the portal good/${name}`, async () => {
      const folder = layOut(`good/${name}`);
      const own = await validators(folder);
      for (const [schema, path] of filesOf(folder)) assert.deepEqual(said(own[schema], folder, path), []);
    });

  // Each is refused by the generator; this is what of it an editor underlines.
  const bad = {
    'columns-odd': ['content/portal.json', /columns\/3: must have required property 'property'/],
    'unknown-key': ['content/portal.json', /additional propert/],
    'out-of-range': ['content/portal.json', /must be (<=|>=)/],
    'wrong-type': ['content/portal.json', /must be/],
    'api-closing-slash': ['content/portal.json', /\/api: must match pattern/],
    'form-condition-odd': ['content/forms/support.json', /show_when/],
    'form-without-fields': ['content/forms/support.json', /fields/],
    'text-only-blanks': ['content/portal.json', /must match pattern/],
    'theme-odd-type': ['themes/plain/theme.json', /type: must be equal to one of the allowed values/],
    'theme-setting-unknown': ['content/portal.json', /theme_settings.*additional propert/],
    'theme-setting-bad-color': ['content/portal.json', /theme_settings/],
    'key-no-id': ['content/pipelines.json', /property name must be valid|must match pattern/],
  };
  for (const [name, [path, wanted]] of Object.entries(bad))
    it(`refuse the portal bad/${name}`, async () => {
      const folder = layOut(`bad/${name}`);
      const own = await validators(folder);
      const [schema] = filesOf(folder).find(([, each]) => each === path);
      assert.match(said(own[schema], folder, path).join('\n'), wanted);
    });
});

describe('guichet-gen schema', () => {
  it('does without a help centre, and says where there is no portal', async () => {
    const folder = layOut('good/no-help');
    const done = await run('guichet-gen', ['schema', '--site', folder]);
    assert.equal(done.stdout, `wrote 6 schemas to ${folder}/content/schemas\n`);
    assert.ok(!existsSync(join(folder, reference)));
    const none = await run('guichet-gen', ['schema', '--site', tempFolder('none')]);
    assert.equal(none.code, 1);
    assert.match(none.stderr, /content: error: not found: no portal is here/);
  });

  it('works on a portal with mistakes, whose editor needs it most', async () => {
    const { code } = await run('guichet-gen', ['schema', '--site', layOut('bad/several')]);
    assert.equal(code, 0);
  });
});
