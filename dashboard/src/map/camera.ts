const nearest = 12;
const farthest = 0.6;

/** How far in and where the map is looked at: wheel, drag, pinch and keys. It draws at most once a frame. */
export class Camera {
  k = 1;
  x = 0;
  y = 0;
  /** The last press moved the map, so its end is no click. */
  dragged = false;
  private draw: (zoomed: boolean) => void = () => undefined;
  private waiting = 0;
  private zoomed = false;

  constructor(readonly width: number, readonly height: number) {}

  fits(width: number, height: number): boolean {
    return this.width === width && this.height === height;
  }

  get transform(): string {
    return `translate(${this.x} ${this.y}) scale(${this.k})`;
  }

  /** From a point of the frame to one of the picture. */
  back(x: number, y: number): [number, number] {
    return [(x - this.x) / this.k, (y - this.y) / this.k];
  }

  fit(): void {
    [this.k, this.x, this.y] = [1, 0, 0];
    this.ask(true);
  }

  /** Around a point of the frame, its centre unless given. */
  zoom(by: number, x = this.width / 2, y = this.height / 2): void {
    const k = Math.min(nearest, Math.max(farthest, this.k * by));
    this.x = x - ((x - this.x) * k) / this.k;
    this.y = y - ((y - this.y) * k) / this.k;
    this.k = k;
    this.ask(true);
  }

  attach(view: HTMLElement, draw: (zoomed: boolean) => void): void {
    this.draw = draw;
    const fingers = new Map<number, { x: number; y: number }>();
    view.addEventListener('wheel', event => {
      // A page that scrolls past the map is not caught by it: zooming by wheel needs the control key, or the map in focus.
      if (!event.ctrlKey && document.activeElement !== view) return;
      event.preventDefault();
      const box = view.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    view.addEventListener('pointerdown', event => {
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      this.dragged = false;
    });
    view.addEventListener('pointermove', event => {
      const finger = fingers.get(event.pointerId);
      if (!finger || (event.pointerType === 'touch' && fingers.size < 2)) return;
      const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
      if (!this.dragged && Math.hypot(dx, dy) < 4) return;
      if (!this.dragged) view.setPointerCapture(event.pointerId);
      this.dragged = true;
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const box = view.getBoundingClientRect();
        const before = Math.hypot(finger.x - other.x, finger.y - other.y) || 1;
        this.zoom(Math.hypot(event.clientX - other.x, event.clientY - other.y) / before, other.x - box.left, other.y - box.top);
      } else {
        this.x += dx;
        this.y += dy;
        this.ask(false);
      }
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    });
    for (const end of ['pointerup', 'pointercancel'] as const)
      view.addEventListener(end, event => {
        fingers.delete(event.pointerId);
        if (this.dragged) this.ask(true);
      });
  }

  private ask(zoomed: boolean): void {
    this.zoomed ||= zoomed;
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      const anew = this.zoomed;
      this.zoomed = false;
      this.draw(anew);
    });
  }
}
