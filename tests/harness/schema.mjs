// The API's own description of its answers, and whether one is as it says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
export const openapi = JSON.parse(readFileSync(join(here, '../../api/openapi.json'), 'utf8'));

const KNOWN = new Set(['$ref', 'type', 'const', 'enum', 'properties', 'required', 'additionalProperties', 'items', 'format', 'description',
  'default', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'minItems', 'maxItems', 'oneOf', 'anyOf', 'title', 'examples']);

function resolved(schema) {
  return schema.$ref ? resolved(schema.$ref.slice(2).split('/').reduce((at, key) => at[key], openapi)) : schema;
}

function typeOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function ofType(type, value) {
  const actual = typeOf(value);
  return [type].flat().some((one) => one === actual || (one === 'number' && actual === 'integer'));
}

/** What is wrong with a value, one line each; a keyword that is not understood here throws, so that nothing passes by it. */
export function faults(schema, value, at = '') {
  const rule = resolved(schema);
  const unknown = Object.keys(rule).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0) throw new Error(`schema keywords that the tests do not understand: ${unknown}`);
  const found = [];
  const fault = (text) => found.push(`${at || '(whole)'}: ${text}`);
  for (const several of [rule.oneOf, rule.anyOf]) {
    if (several && !several.some((one) => faults(one, value).length === 0)) fault('fits none of the alternatives');
  }
  if (rule.type && !ofType(rule.type, value)) fault(`want ${rule.type}, got ${JSON.stringify(value)}`);
  if ('const' in rule && rule.const !== value) fault(`want ${rule.const}, got ${JSON.stringify(value)}`);
  if (rule.enum && !rule.enum.includes(value)) fault(`want one of ${rule.enum}, got ${JSON.stringify(value)}`);
  if (rule.format === 'date-time' && typeof value === 'string' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)) fault(`no time: ${value}`);
  if (rule.pattern && typeof value === 'string' && !new RegExp(rule.pattern, 'u').test(value)) fault(`does not fit ${rule.pattern}: ${value}`);
  if (rule.minimum !== undefined && value < rule.minimum) fault(`under ${rule.minimum}`);
  if (rule.maximum !== undefined && value > rule.maximum) fault(`over ${rule.maximum}`);
  const size = typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : undefined;
  if (size < (rule.minLength ?? rule.minItems ?? 0) || size > (rule.maxLength ?? rule.maxItems ?? Infinity)) fault(`of length ${size}`);
  if (rule.items && Array.isArray(value)) value.forEach((item, i) => found.push(...faults(rule.items, item, `${at}[${i}]`)));
  if (typeOf(value) === 'object') {
    for (const key of rule.required ?? []) if (!(key in value)) fault(`lacks "${key}"`);
    for (const [key, member] of Object.entries(value)) {
      if (rule.properties?.[key]) found.push(...faults(rule.properties[key], member, `${at}.${key}`));
      else if (rule.additionalProperties === false) fault(`has an unknown "${key}"`);
      else if (typeof rule.additionalProperties === 'object') found.push(...faults(rule.additionalProperties, member, `${at}.${key}`));
    }
  }
  return found;
}

/** The description of an answer: answerOf('GET', '/tickets/{number}', 200) -> { type, schema }, or undefined. */
export function answerOf(method, path, status) {
  const answer = openapi.paths[path]?.[method.toLowerCase()]?.responses[status];
  if (!answer) return undefined;
  const [type, media] = Object.entries(resolved(answer).content ?? {})[0] ?? [];
  return { type, schema: media?.schema };
}

const templates = Object.keys(openapi.paths).map((path) => [path, new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`)])
  .sort(([a], [b]) => a.split('{').length - b.split('{').length);

/** The described path that a request's one is: pathOf('/tickets/7?x') -> '/tickets/{number}', or undefined. */
export function pathOf(target) {
  const path = target.split('?')[0];
  return templates.find(([, pattern]) => pattern.test(path))?.[0];
}

const isProblem = (type) => type === 'application/problem+json';

/** The answers that any request may get, and no path describes. */
function refusal(method, path, status) {
  const methods = path && Object.keys(openapi.paths[path]).map((each) => each.toUpperCase());
  return (!methods && status === 404) || (methods && status === 405 && !methods.includes(method)) || (status >= 400 && status < 500 && !methods);
}

function bodyFaults(described, type, body) {
  if (!described.type) return body.length > 0 ? ['has a body, and none is described'] : [];
  if (type !== described.type) return [`is ${type}, and ${described.type} is described`];
  return /json$/.test(type) && described.schema ? faults(described.schema, JSON.parse(body.toString('utf8'))) : [];
}

/** What of an answer of the API is not as its description says; [] is good. */
export function answerFaults(method, target, { status, headers, body }) {
  if (method === 'OPTIONS') return [];
  const asked = method === 'HEAD' ? 'GET' : method;
  const path = pathOf(target);
  const type = headers['content-type']?.split(';')[0];
  const described = path && answerOf(asked, path, status);
  if (!described && refusal(asked, path, status)) return isProblem(type) ? [] : [`is ${type}, and no problem`];
  if (!described) return [`${status} is not described`];
  if (method === 'HEAD' || status === 304) return [];
  if (path.endsWith('/files/{id}') && status === 200) return []; // a file's own type: files.test.mjs
  return bodyFaults(described, type, body);
}
