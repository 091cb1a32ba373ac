// The key lives in this tab's session storage and travels in a header only: never in an address, a log or a cookie.
const keyName = 'friendcity.key';
const answerWithin = 30_000;

export const key = {
  get: () => sessionStorage.getItem(keyName),
  set: value => sessionStorage.setItem(keyName, value),
  clear: () => sessionStorage.removeItem(keyName),
};

// What is a second old is new enough for a person, and need not wait for storage. Older answers, given when storage is silent, say their age.
export const freshWithin = 1;

// The age of the oldest answer since it was last set to nothing, in seconds.
export const seen = { age: 0 };

// What a failed request leaves behind: an RFC 9457 problem, or as much of one as could be had.
export class Problem extends Error {
  constructor({ status = 0, kind = 'status', title = null, detail = null, code = null }) {
    super(title ?? kind);
    Object.assign(this, { status, kind, title, detail, code });
  }
}

export async function getJson(address, signal) {
  const response = await send(address, signal);
  const body = await response.json().catch(() => null);
  if (signal.aborted) throw signal.reason;
  seen.age = Math.max(seen.age, Number(response.headers.get('Age') ?? 0));
  if (!response.ok) throw new Problem({ ...texts(body), status: response.status });
  if (body === null || typeof body !== 'object') throw new Problem({ status: response.status, kind: 'unreadable' });
  return body;
}

export async function getAll(address, signal) {
  const rows = [];
  for (let next = address; next;) {
    const page = await getJson(next, signal);
    rows.push(...page.value ?? []);
    next = page.nextLink ? samePlace(page.nextLink) : null;
  }
  return rows;
}

async function send(address, signal) {
  try {
    return await fetch(address, {
      headers: { 'X-Api-Key': key.get(), 'Accept': 'application/json', 'Prefer': `stale-ok; max-age=${freshWithin}` },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithin)]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Problem({ kind: 'unreachable' });
  }
}

function texts(body) {
  const text = name => typeof body?.[name] === 'string' ? body[name] : null;
  return { title: text('title'), detail: text('detail'), code: text('code') };
}

// A link to the next page is followed on this server whatever host it names, so the key goes nowhere else.
function samePlace(link) {
  const { pathname, search } = new URL(link, location.origin);
  return pathname + search;
}
