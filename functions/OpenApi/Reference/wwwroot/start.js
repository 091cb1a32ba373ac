'use strict';

// Nothing is asked of another host: no fonts, no proxy, no telemetry, no assistant. The key a reader enters is kept by the page alone.
Scalar.createApiReference('#app', {
  url: '/openapi.json',
  proxyUrl: '',
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
