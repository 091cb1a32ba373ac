// Checks each JSON file named on the standard input against the published schema that its "$schema" names, with ajv.
// Arguments: the folder of the installed packages, the folder of the schemas. Prints a line for each fault: file, place, what is wrong.
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { files } from './cells.mjs';

const [packages, schemas] = process.argv.slice(2);
const require = createRequire(packages + '/');
const Ajv = require('ajv').default;
const ajv = new Ajv({ allErrors: true, strict: false });
require('ajv-formats').default(ajv);

// Some of them are named by their place only. A file that names none of them is not checked, which is a fault.
for (const name of readdirSync(schemas, { recursive: true }).filter(each => each.endsWith('.json'))) {
  ajv.addSchema(JSON.parse(readFileSync(join(schemas, name), 'utf8')), new URL(name.replaceAll('\\', '/'), 'https://developer.microsoft.com/json-schemas/').href);
}

for (const file of await files()) {
  let data;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (fault) {
    console.log(`${file} / ${fault.message}`);
    continue;
  }
  const schema = ajv.getSchema(data.$schema ?? '');
  if (!schema) console.log(`${file} /$schema names no known schema: ${data.$schema}`);
  else if (!schema(data)) for (const fault of schema.errors) console.log(`${file} ${fault.instancePath || '/'} ${fault.message} ${JSON.stringify(fault.params)}`);
}
