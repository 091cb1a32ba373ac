// Reads each file named on the standard input with Arrow's Rust reader, compiled to WebAssembly.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const installed = createRequire(process.argv[2] + '/');
const { readParquet } = installed('parquet-wasm');
const { tableFromIPC } = installed('apache-arrow');

const decimal = words => BigInt.asIntN(128, words.reduce((sum, word, place) => sum | (BigInt(word >>> 0) << BigInt(32 * place)), 0n));

(async () => {
  const { files, forms, write } = await import('./cells.mjs');
  const form = type => {
    const name = type.toString();
    if (name === 'Utf8') return forms.text;
    if (name === 'Float64') return forms.number;
    if (name === 'Bool') return forms.flag;
    if (name.startsWith('Date32')) return value => String(Number(value) / 86400000);
    if (name.startsWith('Decimal')) return value => decimal(Array.from(new Uint32Array(value.buffer, value.byteOffset, 4))).toString();
    return forms.integer;
  };
  for (const file of await files()) {
    const table = tableFromIPC(readParquet(new Uint8Array(readFileSync(file))).intoIPCStream());
    const columns = table.schema.fields.map((_, index) => table.getChildAt(index));
    const rows = Array.from({ length: table.numRows }, (_, row) => columns.map(column => column.get(row)));
    const kinds = table.schema.fields.map(field => form(field.type));
    write(file, 'arrow', rows, column => kinds[column]);
  }
})();
