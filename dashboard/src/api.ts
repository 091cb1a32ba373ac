import type { Page } from './model';

// The key lives in this tab's session storage and travels in a header only: never in an address, a log or a cookie.
const keyName = 'friendcity.key';
export const answerWithin = 30_000;

/** What is a second old is new enough for a person, and need not wait for storage. Older answers, given when storage is silent, say their age. */
export const freshWithin = 1;

export const key = {
  get: (): string | null => sessionStorage.getItem(keyName),
  set: (value: string): void => sessionStorage.setItem(keyName, value),
  clear: (): void => sessionStorage.removeItem(keyName),
};

type ProblemKind = 'status' | 'unreachable' | 'unreadable';

/** What a failed request leaves behind: an RFC 9457 problem, or as much of one as could be had. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind, readonly status = 0, readonly title: string | null = null, readonly detail: string | null = null,
    readonly code: string | null = null) {
    super(title ?? kind);
  }

  get isRefusal(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

/** An answer with its age in seconds. */
export interface Answer<T> { body: T; age: number }

/** What was read before, by address: a day that was looked at already is not sent again while it is the same. */
const held = new Map<string, { etag: string; body: Page }>();

declare global {
  interface Window {
    /** What the script in the head asked for, until the page takes it. */
    asked?: { address: string; response: Promise<Response> } | undefined;
  }
}

export function askEarly(address: string): void {
  const response = ask(address, AbortSignal.timeout(answerWithin), {});
  response.catch(() => undefined); // told by whoever takes it
  window.asked = { address, response };
}

export async function getPage(address: string, signal: AbortSignal): Promise<Answer<Page>> {
  const known = held.get(address);
  const response = await send(address, signal, known ? { 'If-None-Match': known.etag } : {});
  const age = Number(response.headers.get('Age') ?? 0);
  if (response.status === 304 && known) return { body: known.body, age };
  const body = await read<Page>(response, signal);
  const etag = response.headers.get('ETag');
  if (etag) held.set(address, { etag, body });
  return { body, age };
}

export async function getJson<T>(address: string, signal: AbortSignal): Promise<T> {
  return read<T>(await send(address, signal, {}), signal);
}

export function forget(): void {
  held.clear();
}

async function read<T>(response: Response, signal: AbortSignal): Promise<T> {
  const body: unknown = await response.json().catch(() => null);
  if (signal.aborted) throw signal.reason;
  if (!response.ok) throw new Problem('status', response.status, text(body, 'title'), text(body, 'detail'), text(body, 'code'));
  if (body === null || typeof body !== 'object') throw new Problem('unreadable', response.status);
  return body as T;
}

async function send(address: string, signal: AbortSignal, conditions: Record<string, string>): Promise<Response> {
  const early = window.asked;
  window.asked = undefined;
  try {
    return await (early?.address === address ? early.response : ask(address, AbortSignal.any([signal, AbortSignal.timeout(answerWithin)]), conditions));
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Problem('unreachable');
  }
}

function ask(address: string, signal: AbortSignal, conditions: Record<string, string>): Promise<Response> {
  return fetch(address, {
    headers: { 'X-Api-Key': key.get() ?? '', Accept: 'application/json', Prefer: `stale-ok; max-age=${freshWithin}`, ...conditions },
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    signal,
  });
}

function text(body: unknown, name: string): string | null {
  const value = (body as Record<string, unknown> | null)?.[name];
  return typeof value === 'string' ? value : null;
}
