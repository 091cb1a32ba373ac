import type { Camera } from './camera';
import type { Mark } from './marks';

/** Above so many places they are points of one picture, without names, and an arc is drawn for the selected one only. */
export const most = 300;

export function drawMany(canvas: HTMLCanvasElement, points: { mark: Mark; at: [number, number] }[], camera: Camera, selected: string | null): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const style = getComputedStyle(canvas);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  const home = points.find(each => each.mark.kind === 'home');
  for (const kind of ['gap', 'hub', 'INTENTION', 'FRIENDLY_COOPERATION', 'FRIEND_CITY', 'home'] as const) {
    pen.fillStyle = style.getPropertyValue(`--${kind}`).trim();
    pen.beginPath();
    for (const { mark, at } of points) {
      if (mark.kind !== kind) continue;
      const [x, y] = [at[0] * camera.k + camera.x, at[1] * camera.k + camera.y];
      if (x < -4 || y < -4 || x > canvas.width + 4 || y > canvas.height + 4) continue;
      const r = mark.id === selected || kind === 'home' ? 5 : 2;
      pen.moveTo(x + r, y);
      pen.arc(x, y, r, 0, 2 * Math.PI);
    }
    pen.fill();
  }
  const chosen = points.find(each => each.mark.id === selected);
  if (!home || !chosen) return;
  pen.strokeStyle = style.getPropertyValue('--ink').trim();
  pen.beginPath();
  pen.moveTo(home.at[0] * camera.k + camera.x, home.at[1] * camera.k + camera.y);
  pen.lineTo(chosen.at[0] * camera.k + camera.x, chosen.at[1] * camera.k + camera.y);
  pen.stroke();
}
