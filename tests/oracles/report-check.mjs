// Checks a Power BI report with Microsoft's own checker of reports: roles, formatting objects, enums, ids, links, theme, layout.
// Arguments: the folder of the installed packages, the report's folder. Prints a line for each error or warning.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, reportDir] = process.argv.slice(2);
const checker = join(packages, 'node_modules', '@microsoft', 'powerbi-report-authoring-cli', 'dist', 'index.js');
const { getMetadataProvider, runReportValidation } = await import(pathToFileURL(checker));
const provider = await getMetadataProvider();
await provider.init();
// It would load the schemas from the network; report-schema.mjs checks them from files.
const { errorCount, warningCount, diagnostics } = await runReportValidation({ reportDir, defDir: join(reportDir, 'definition'), provider, skipSchema: true });
for (const [code, { severity, items }] of Object.entries(diagnostics ?? {})) for (const { message } of items) console.log(`${severity} ${code} ${message}`);
console.log(`${errorCount} errors, ${warningCount} warnings`);
