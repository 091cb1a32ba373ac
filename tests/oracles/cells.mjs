// The cells of a file in one form for all readers: a line a row, cells between commas, null as ~.
import { writeFileSync } from 'node:fs';

const bits = new DataView(new ArrayBuffer(8));

export const forms = {
  text: value => 't' + Buffer.from(value, 'utf8').toString('hex'),
  integer: value => value.toString(),
  flag: value => String(value),
  number: value => {
    bits.setFloat64(0, value);
    return bits.getBigUint64(0).toString(16);
  },
};

/** Writes `file.reader`: rows are arrays of cells, form(column)(cell) is a cell's text. */
export function write(file, reader, rows, form) {
  const lines = [];
  for (const row of rows) lines.push(row.map((cell, column) => (cell === null || cell === undefined ? '~' : form(column)(cell))).join(','));
  writeFileSync(`${file}.${reader}`, lines.map(line => line + '\n').join(''));
}

export const files = async () => {
  let text = '';
  for await (const part of process.stdin) text += part;
  return text.split('\n').filter(line => line.length > 0);
};
