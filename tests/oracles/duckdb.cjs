// Reads each file named on the standard input with DuckDB, which may fetch nothing while it does.
const { createRequire } = require('node:module');
const { DuckDBInstance } = createRequire(process.argv[2] + '/')('@duckdb/node-api');

(async () => {
  const { files, forms, write } = await import('./cells.mjs');
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' });
  const connection = await instance.connect();
  const form = value => {
    if (typeof value === 'string') return forms.text(value);
    if (typeof value === 'number') return forms.number(value);
    if (typeof value === 'boolean') return forms.flag(value);
    if (typeof value === 'bigint') return forms.integer(value);
    return 'days' in value ? String(value.days) : value.value.toString();
  };
  for (const file of await files()) {
    const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`);
    write(file, 'duckdb', reader.getRows(), () => form);
  }
})();
