// Runs the SQL on the standard input with DuckDB in the working folder; prints each row as JSON.
const { createRequire } = require('node:module');
const { DuckDBInstance } = createRequire(process.argv[2] + '/')('@duckdb/node-api');

(async () => {
  const { files } = await import('./cells.mjs');
  const sql = (await files()).join('\n');
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' });
  const reader = await (await instance.connect()).runAndReadAll(sql);
  for (const row of reader.getRows()) console.log(JSON.stringify(row.map(cell => (typeof cell === 'object' && cell !== null ? String(cell) : cell))));
})();
