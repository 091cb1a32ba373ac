/** What is seen, as a file. */

const scale = 2;
const drawn = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'fill-rule', 'opacity', 'font-size', 'font-weight',
  'font-family', 'text-anchor', 'paint-order', 'vector-effect'];

/** A table; a cell that a spreadsheet would take for a formula is kept as text. */
export function saveTable(name: string, rows: string[][]): void {
  const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  saveBlob(new Blob(['\ufeff', rows.map(row => row.map(cell).join(',')).join('\r\n')], { type: 'text/csv' }), name);
}

/** A table as it stands on the page. */
export function tableRows(box: HTMLElement): string[][] {
  return [...box.querySelectorAll('tr')].map(row => [...row.cells].map(cell => cell.textContent ?? ''));
}

/** Pictures on canvases and one in SVG, over each other on the page's paper, as PNG. */
export async function savePicture(box: HTMLElement, name: string): Promise<void> {
  const { width, height } = box.getBoundingClientRect();
  const sheet = document.createElement('canvas');
  [sheet.width, sheet.height] = [width * scale, height * scale];
  const pen = sheet.getContext('2d')!;
  pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--panel').trim();
  pen.fillRect(0, 0, sheet.width, sheet.height);
  for (const canvas of box.querySelectorAll('canvas')) pen.drawImage(canvas, 0, 0, sheet.width, sheet.height);
  const picture = box.querySelector<SVGSVGElement>('svg.map-picture');
  if (picture) pen.drawImage(await image(picture, width, height), 0, 0, sheet.width, sheet.height);
  saveBlob(await new Promise<Blob>((done, failed) => sheet.toBlob(blob => blob ? done(blob) : failed(new Error('The picture is too large.')), 'image/png')), name);
}

/** A picture alone knows no style sheet: each shape is given what it has on the page. */
async function image(picture: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const [shapes, copies] = [picture.querySelectorAll('*'), copy.querySelectorAll('*')];
  shapes.forEach((shape, index) => {
    const style = getComputedStyle(shape);
    for (const property of drawn) copies[index]!.setAttribute(property, style.getPropertyValue(property));
  });
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const loaded = new Image();
  loaded.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await loaded.decode();
  return loaded;
}

export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  [link.href, link.download] = [address, name];
  link.click();
  URL.revokeObjectURL(address);
}
