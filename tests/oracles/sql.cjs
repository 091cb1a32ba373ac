// Runs the statements of the standard input, an array of { name, sql }, one after the other with DuckDB in the working folder; prints each one's rows, or its fault.
const { createRequire } = require('node:module');
const { DuckDBInstance } = createRequire(process.argv[2] + '/')('@duckdb/node-api');

const plain = cell => (typeof cell === 'bigint' ? Number(cell) : typeof cell === 'object' && cell !== null ? String(cell) : cell);

(async () => {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' });
  const connection = await instance.connect();
  const answers = [];
  for (const { name, sql } of JSON.parse(input)) {
    try {
      answers.push({ name, rows: (await connection.runAndReadAll(sql)).getRows().map(row => row.map(plain)) });
    } catch (fault) {
      answers.push({ name, fault: fault.message });
    }
  }
  console.log(JSON.stringify(answers));
})();
