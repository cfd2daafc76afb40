// Judges answers by Twilio's own OpenAPI documents, as @twilio/cli-core ships them.
//
// The documents require no field and forbid none. Here every field that a schema names has to be there, and no other may
// be; where the document is wrong, slips.json says so for exactly that place of the schema, and what holds instead.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);
const DOCUMENTS = ['api_v2010', 'iam_v1', 'accounts_v1'];
const RFC2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} \+0000$/;

// Words of OpenAPI and of Twilio's generator that say nothing about an answer's shape.
const SAYS_NOTHING = ['description', 'example', 'examples', 'title', 'deprecated', 'externalDocs'];

function read(name) {
  const spec = require(`@twilio/cli-core/src/services/twilio-api/twilio_${name}.json`);
  return { name, paths: tighten(spec.paths), components: { schemas: tighten(spec.components.schemas) } };
}

// Turns OpenAPI 3.0 schemas into JSON Schema and tightens them. What is not a schema passes through unharmed.
function tighten(node) {
  if (Array.isArray(node)) return node.map(tighten);
  if (node === null || typeof node !== 'object') return node;
  const isSchema = typeof node.type === 'string' || '$ref' in node;
  const entries = Object.entries(node)
    .filter(([word]) => !(isSchema && (SAYS_NOTHING.includes(word) || word.startsWith('x-'))))
    .map(([word, value]) => [word, tighten(value)]);
  const schema = Object.fromEntries(entries);
  if (schema.type === 'object' && schema.properties) {
    schema.required = Object.keys(schema.properties);
    schema.additionalProperties = false;
  }
  if (schema.type === 'object' && schema.format) {
    // JSON Schema has formats for texts only.
    if (schema.format === 'uri-map') schema.additionalProperties = { type: 'string', pattern: '^/2010-04-01/' };
    delete schema.format;
  }
  return schema;
}

export class Judge {
  constructor(slips) {
    this.ajv = new Ajv({ strict: true, allErrors: true, verbose: true, inlineRefs: false, validateSchema: false });
    // Where a document keeps its schemas; not words of JSON Schema.
    this.ajv.addVocabulary(['components', 'paths']);
    addFormats(this.ajv, ['uri', 'date', 'date-time', 'int64']);
    this.ajv.addFormat('date-time-rfc-2822', RFC2822);
    this.ajv.addFormat('phone-number', /^\+[1-9]\d{1,14}$/);
    this.ajv.addFormat('currency', /^([a-z]{3}|[A-Z]{3})$/);
    this.ajv.addFormat('http-method', /^(GET|POST)$/);
    this.operations = [];
    this.locations = new Map();
    this.validators = new Map();
    for (const document of DOCUMENTS.map(read)) {
      const { name, components, paths } = document;
      this.ajv.addSchema({ $id: `${name}.json`, components, paths });
      this.locate({ components, paths }, `${name}#`);
      for (const [template, item] of Object.entries(document.paths)) {
        this.operations.push({ document: document.name, template, item, pattern: patternOf(template) });
      }
    }
    this.slips = slips.map((slip) => ({ ...slip, holds: this.ajv.compile(slip.instead), met: 0 }));
    this.judged = new Set();
  }

  // Remembers where in its document every schema stands.
  locate(node, location) {
    if (node === null || typeof node !== 'object') return;
    this.locations.set(node, location);
    for (const [word, value] of Object.entries(node)) this.locate(value, `${location}/${escape(word)}`);
  }

  // Such as `api_v2010#/components/schemas/api.v2010.account/properties/sid/pattern`, with the field where one is missing
  // or too many.
  locationOf({ parentSchema, keyword, params }) {
    const field = params.missingProperty ?? params.additionalProperty;
    return [this.locations.get(parentSchema), keyword, ...(field === undefined ? [] : [field])].join('/');
  }

  // The faults of one answer, as sentences; none when it is as the documents, or a listed slip, say.
  faultsOf({ method, path, status, body }) {
    const place = `${method.toUpperCase()} ${path} (${status})`;
    const found = this.operations.find(({ item, pattern }) => item[method] && pattern.test(path));
    if (!found) return [`${place}: no such operation`];
    const { document, template } = found;
    const response = found.item[method].responses[String(status)];
    if (!response) return [`${place}: not an answer of ${template}`];
    this.judged.add(`${method} ${template}`);
    if (!response.content) {
      return body === '' || body === undefined ? [] : [`${place}: a body where there is none`];
    }
    const pointer = ['paths', template, method, 'responses', String(status), 'content', 'application/json', 'schema']
      .map((part) => encodeURIComponent(escape(part)))
      .join('/');
    const validate = this.validator(`${document}.json#/${pointer}`);
    if (validate(body)) return [];
    return validate.errors
      .filter((error) => !this.isSlip(error))
      .map((error) => `${place}: ${error.instancePath} ${error.message}, is ${JSON.stringify(error.data)?.slice(0, 200)} [${this.locationOf(error)}]`);
  }

  validator(address) {
    if (!this.validators.has(address)) this.validators.set(address, this.ajv.compile({ $ref: address }));
    return this.validators.get(address);
  }

  isSlip(error) {
    const slip = this.slips.find(({ location }) => location === this.locationOf(error));
    if (!slip?.holds(error.data)) return false;
    slip.met += 1;
    return true;
  }

  unmetSlips() {
    return this.slips.filter(({ met }) => met === 0).map(({ location }) => location);
  }
}

// A word as it stands in a JSON pointer.
function escape(word) {
  return word.replaceAll('~', '~0').replaceAll('/', '~1');
}

function patternOf(template) {
  const quoted = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+?');
  return new RegExp(`^${quoted}$`);
}

export function readSlips() {
  return JSON.parse(readFileSync(new URL('./slips.json', import.meta.url), 'utf8'));
}
