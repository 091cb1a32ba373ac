// Reads each file named on the standard input with hyparquet, in plain JavaScript.
import { readFileSync } from 'node:fs';
import { parquetMetadata, parquetRead } from 'hyparquet';
import { files, forms, write } from './cells.mjs';

for (const file of await files()) {
  const bytes = readFileSync(file);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const metadata = parquetMetadata(buffer);
  const kinds = metadata.schema.slice(1).map(element => element.converted_type ?? element.type);
  for (const element of metadata.schema.filter(each => each.converted_type === 'DECIMAL')) {
    if (element.scale !== 6 || element.precision !== 18) throw new Error(`${element.name} is DECIMAL(${element.precision},${element.scale})`);
    // Its decimals are doubles; the integers behind them are exact.
    delete element.converted_type;
    delete element.logical_type;
  }
  let rows = [];
  await parquetRead({ file: buffer, metadata, rowFormat: 'array', onComplete: all => (rows = all), parsers: { dateFromDays: days => days } });
  const form = column => forms[{ UTF8: 'text', DOUBLE: 'number', BOOLEAN: 'flag' }[kinds[column]] ?? 'integer'];
  write(file, 'hyparquet', rows, form);
}
