'use strict';

// Scalar lays out JSON token by token and copies the whole text for each: the page stood still for 17 s over 120 kB. What comes laid out needs no
// copy. Numbers stay as they are written.
const asWritten = (key, value, { source }) => (typeof value === 'number' ? JSON.rawJSON(source) : value);

async function laidOut(input, init) {
  const response = await fetch(input, init);
  if (!JSON.rawJSON || !/[/+]json\b/.test(response.headers.get('Content-Type'))) return response;
  const text = await response.text();
  return new Response(text ? JSON.stringify(JSON.parse(text, asWritten), null, 2) : null, response);
}

// Nothing is asked of another host: no fonts, no proxy, no telemetry, no assistant. The key a reader enters is kept by the page alone.
Scalar.createApiReference('#app', {
  url: '/openapi.json',
  proxyUrl: '',
  customFetch: laidOut,
  telemetry: false,
  withDefaultFonts: false,
  persistAuth: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultOpenFirstTag: false,
  documentDownloadType: 'both',
  authentication: { preferredSecurityScheme: 'ApiKey' },
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
});
