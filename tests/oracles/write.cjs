// Writes a table of so many rows and eleven columns as Parquet with DuckDB; prints the milliseconds of the writing alone.
const { createRequire } = require('node:module');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { DuckDBInstance } = createRequire(process.argv[2] + '/')('@duckdb/node-api');

(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duckdb-'));
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE t AS SELECT DATE '2023-01-01' + CAST(n % 1000 AS INTEGER) AS snapshot_date,
    CASE WHEN n % 2 = 0 THEN 'article' ELSE 'now' END AS "view", printf('K%02d', n % 45) AS kpi_id, CASE WHEN n % 3 = 0 THEN NULL ELSE 'city' END AS dimension,
    CASE WHEN n % 7 = 0 THEN NULL ELSE n * 0.37::DOUBLE END AS value, 'cities' AS unit, n % 500 AS rows, printf('%016x', n * 2654435761) AS rows_hash,
    CASE WHEN n % 5 = 0 THEN NULL ELSE CAST(n / 100.0 AS DECIMAL(18,6)) END AS amount, n % 4 = 0 AS formal, DATE '2024-03-25' AS as_of
    FROM (SELECT i % 100000 AS n FROM range(${Number(process.argv[3])}) r(i))`);
  const begun = process.hrtime.bigint();
  await connection.run(`COPY t TO '${join(folder, 't.parquet')}' (FORMAT PARQUET, COMPRESSION SNAPPY)`);
  console.log(Number(process.hrtime.bigint() - begun) / 1e6);
  rmSync(folder, { recursive: true });
})();
