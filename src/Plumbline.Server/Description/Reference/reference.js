// The reference of the HTTP API: reads /api/openapi.json and shows every operation by resource.

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const byId = (id) => document.getElementById(id);

/** An element with properties and children; text is always set as text, never as markup. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function applyScheme() {
  let choice = 'auto';
  try {
    choice = localStorage.getItem('plumbline-color-scheme') ?? 'auto';
  } catch {
    // Storage may be blocked by the browser's settings; the system's scheme is then the answer.
  }
  if (choice !== 'auto') document.documentElement.dataset.scheme = choice;
}

/** Follows a reference inside the document. */
function resolve(schema, api) {
  if (!schema?.$ref) return schema ?? {};
  return resolve(schema.$ref.slice(2).split('/').reduce((at, part) => at[part], api), api);
}

const nameOf = (reference) => reference.slice(reference.lastIndexOf('/') + 1);
const typesOf = (schema) => [schema.type ?? []].flat();
const casesOf = (schema) => (schema.oneOf ?? schema.anyOf ?? []).filter((one) => one.type !== 'null');

/** A type in words: `ImageSummary[]`, `string or null`, `integer`. */
function typeText(schema, api) {
  if (!schema) return 'anything';
  if (schema.$ref) {
    const target = resolve(schema, api);
    return target.enum ? target.enum.join(' | ') : nameOf(schema.$ref);
  }
  const cases = schema.oneOf ?? schema.anyOf;
  if (cases) return cases.map((one) => typeText(one, api)).join(' or ');
  if (schema.enum) return schema.enum.join(' | ');
  const types = typesOf(schema);
  if (types.length === 0) return 'anything';
  return types
    .map((type) => {
      if (type === 'array') return `${typeText(schema.items, api)}[]`;
      if (type === 'object' && schema.additionalProperties) return `map of ${typeText(schema.additionalProperties, api)}`;
      return schema.format && type === 'string' ? schema.format : type;
    })
    .toSorted((a, b) => Number(a === 'null') - Number(b === 'null'))
    .join(' or ');
}

const stringExamples = { 'date-time': '2026-01-31T09:30:00Z', uuid: '0198c5a0-7b1e-7cc3-9a51-3f0e8a6f2d10', binary: '(bytes)' };

/** A value that fits a schema. A type inside itself ends as null. */
function example(schema, api, seen = []) {
  if (!schema) return {};
  if (schema.$ref) return seen.includes(schema.$ref) ? null : example(resolve(schema, api), api, [...seen, schema.$ref]);
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined && schema.default !== null) return schema.default;
  if (schema.enum) return schema.enum[0];
  const cases = casesOf(schema);
  if (cases.length > 0) return example(cases[0], api, seen);
  switch (typesOf(schema).find((type) => type !== 'null')) {
    case 'object': {
      if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, example(one, api, seen)]));
      return schema.additionalProperties ? { key: example(schema.additionalProperties, api, seen) } : {};
    }
    case 'array': {
      const item = example(schema.items, api, seen);
      return item === null ? [] : [item];
    }
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'string':
      return stringExamples[schema.format] ?? 'text';
    default:
      return {};
  }
}

/** The named object types that a schema leads to, each once, itself first. */
function namedTypes(schema, api, found = new Map()) {
  if (!schema || typeof schema !== 'object') return found;
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    if (found.has(name)) return found;
    const target = resolve(schema, api);
    if (target.properties || casesOf(target).length > 0) found.set(name, target);
    return namedTypes(target, api, found);
  }
  for (const inner of [schema.items, schema.additionalProperties, ...casesOf(schema), ...Object.values(schema.properties ?? {})]) namedTypes(inner, api, found);
  return found;
}

function table(headings, rows) {
  const head = element('tr', {}, ...headings.map((text) => element('th', { scope: 'col' }, text)));
  const body = rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell))));
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
}

const code = (text) => element('code', {}, text);

function typeTables(schema, api) {
  const parts = [];
  const named = [...namedTypes(schema, api)];
  if (schema.properties) named.unshift(['', schema]);
  for (const [name, type] of named) {
    const required = new Set(type.required ?? []);
    const rows = Object.entries(type.properties ?? {}).map(([property, one]) => [code(property), typeText(one, api), required.has(property) ? '' : 'may be left out']);
    if (name) parts.push(element('h3', {}, code(name)));
    parts.push(rows.length > 0 ? table(['Property', 'Type', ''], rows) : element('p', {}, `One of: ${typeText(type, api)}`));
  }
  return parts;
}

function content(title, media, api) {
  const parts = [element('h3', {}, title)];
  for (const [type, { schema }] of Object.entries(media ?? {})) {
    parts.push(element('p', { className: 'dim' }, `${type}: ${typeText(schema, api)}`));
    if (!type.endsWith('json') || !schema) continue;
    parts.push(element('pre', { tabIndex: 0 }, JSON.stringify(example(schema, api), null, 2)), ...typeTables(schema, api));
  }
  return parts;
}

function operationBody({ operation }, api) {
  const parts = [element('p', {}, operation.description ?? '')];
  if (operation.security) {
    const ways = operation.security.flatMap(Object.keys).map((way) => (way === 'token' ? 'access token' : 'session cookie'));
    parts.push(element('p', { className: 'dim' }, `Credentials: ${ways.join(' or ')}.`));
  }
  if (operation.parameters?.length) {
    const rows = operation.parameters.map((one) => [code(one.name), one.in, typeText(one.schema, api), one.required ? 'required' : 'optional', one.description ?? '']);
    parts.push(element('h3', {}, 'Parameters'), table(['Name', 'In', 'Type', '', ''], rows));
  }
  if (operation.requestBody) parts.push(...content('Request', resolve(operation.requestBody, api).content, api));
  for (const [status, one] of Object.entries(operation.responses ?? {})) {
    const response = resolve(one, api);
    parts.push(...content(`${status === 'default' ? 'Refusal' : `Response ${status}`}: ${response.description}`, response.content, api));
  }
  return element('div', { className: 'body' }, ...parts);
}

/** Everything that can be searched for: words of the operation, its parameters and the properties of its bodies. */
function searchText({ method, path, tag, operation }, api) {
  const bodies = [operation.requestBody, ...Object.entries(operation.responses ?? {}).filter(([status]) => status !== 'default').map(([, one]) => one)];
  const schemas = bodies.flatMap((body) => Object.values(resolve(body, api).content ?? {}).map((media) => media.schema));
  const types = schemas.flatMap((schema) => [...namedTypes(schema, api)]).flatMap(([name, type]) => [name, ...Object.keys(type.properties ?? {})]);
  const parameters = (operation.parameters ?? []).map((one) => one.name);
  return [method, path, tag, operation.operationId, operation.summary, operation.description, ...parameters, ...types].join(' ').toLowerCase();
}

function operationEntry(entry, api) {
  const { method, path, operation } = entry;
  const summary = element('summary', {}, element('code', { className: 'method' }, method.toUpperCase()), code(path), element('span', { className: 'title' }, operation.summary ?? ''));
  const details = element('details', { id: operation.operationId ?? '' }, summary);
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(operationBody(entry, api));
  });
  return details;
}

function listOperations(api) {
  const entries = Object.entries(api.paths).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => ({ method, path, operation: item[method], tag: item[method].tags?.[0] ?? 'Other' })),
  );
  return Map.groupBy(entries.toSorted((a, b) => a.tag.localeCompare(b.tag, 'en')), (entry) => entry.tag);
}

function show(api) {
  byId('version').textContent = api.info.version;
  byId('about').textContent = api.info.description ?? '';
  const sections = [];
  for (const [tag, entries] of listOperations(api)) {
    const shown = entries.map((entry) => ({ details: operationEntry(entry, api), text: searchText(entry, api) }));
    const section = element('section', {}, element('h2', { id: `tag-${tag}` }, tag), ...shown.map((one) => one.details));
    const link = element('a', { href: `#tag-${tag}` }, tag);
    byId('operations').append(section);
    document.querySelector('nav').append(link);
    sections.push({ section, link, shown });
  }
  const filter = () => {
    const words = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { section, link, shown } of sections) {
      for (const { details, text } of shown) details.hidden = !words.every((word) => text.includes(word));
      const visible = shown.filter(({ details }) => !details.hidden).length;
      section.hidden = link.hidden = visible === 0;
      count += visible;
    }
    byId('status').textContent = count === 0 ? 'Nothing fits. Try fewer words.' : `${count} operations`;
  };
  byId('search').addEventListener('input', filter);
  filter();
  openLinked();
  addEventListener('hashchange', openLinked);
}

/** `/api/docs#ListImages` opens that operation. */
function openLinked() {
  const target = byId(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
  target?.scrollIntoView();
}

applyScheme();
try {
  const response = await fetch('/api/openapi.json');
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  show(await response.json());
} catch (fault) {
  byId('status').textContent = `The API's document could not be read: ${fault.message} Reload the page to try again.`;
}
