// Reads all rows of a Parquet file with DuckDB, a chunk at a time, each row an array of its cells; prints the milliseconds of the reading alone.
const { createRequire } = require('node:module');
const { DuckDBInstance } = createRequire(process.argv[2] + '/')('@duckdb/node-api');

(async () => {
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' });
  const connection = await instance.connect();
  const begun = process.hrtime.bigint();
  const result = await connection.stream(`SELECT * FROM read_parquet('${process.argv[3]}')`);
  let rows = 0;
  for (let chunk; (chunk = await result.fetchChunk()) && chunk.rowCount > 0; ) rows += chunk.getRows().length;
  if (rows !== Number(process.argv[4])) throw new Error(`There are ${rows} rows.`);
  console.log(Number(process.hrtime.bigint() - begun) / 1e6);
})();
